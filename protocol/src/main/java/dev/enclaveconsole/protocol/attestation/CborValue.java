package dev.enclaveconsole.protocol.attestation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The part of CBOR (RFC 8949) that NSM, COSE and EIF signatures use: no floats, no `undefined`, no indefinite lengths.
/// Byte arrays are not copied; treat them as read-only.
public sealed interface CborValue {

    /// Major types 0 and 1; values outside of a signed 64-bit number are refused by the reader.
    record Int(long value) implements CborValue {}

    record Bytes(byte[] value) implements CborValue {}

    record Text(String value) implements CborValue {}

    record Array(List<CborValue> items) implements CborValue {
        public Array {
            items = List.copyOf(items);
        }
    }

    /// Keys are [Int] or [Text], in the order in which they stand on the wire.
    record Dictionary(Map<CborValue, CborValue> entries) implements CborValue {
        public Dictionary {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }
    }

    record Tagged(long tag, CborValue value) implements CborValue {}

    record Bool(boolean value) implements CborValue {}

    record Null() implements CborValue {}
}
