package dev.enclaveconsole.protocol.attestation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A map with text keys, read field by field. Every complaint names `what` and the field.
public final class CborFields {
    private final String what;
    private final Map<CborValue, CborValue> entries;

    private CborFields(String what, Map<CborValue, CborValue> entries) {
        this.what = what;
        this.entries = entries;
    }

    public static CborFields of(String what, CborValue value) throws MalformedCborException {
        if (!(value instanceof CborValue.Dictionary(var entries))) {
            throw new MalformedCborException("%s is not a map.".formatted(what));
        }
        for (CborValue key : entries.keySet()) {
            if (!(key instanceof CborValue.Text)) {
                throw new MalformedCborException("%s has a key that is not text.".formatted(what));
            }
        }
        return new CborFields(what, entries);
    }

    /// A map from field names; the order is kept.
    public static CborValue.Dictionary write(Map<String, CborValue> fields) {
        Map<CborValue, CborValue> entries = new LinkedHashMap<>();
        fields.forEach((name, value) -> entries.put(new CborValue.Text(name), value));
        return new CborValue.Dictionary(entries);
    }

    /// The field's value, empty for absent as well as for null.
    public Optional<CborValue> optional(String field) {
        @Nullable CborValue value = entries.get(new CborValue.Text(field));
        return value == null || value instanceof CborValue.Null ? Optional.empty() : Optional.of(value);
    }

    public CborValue required(String field) throws MalformedCborException {
        return optional(field).orElseThrow(() -> new MalformedCborException("%s has no %s.".formatted(what, field)));
    }

    public String text(String field) throws MalformedCborException {
        if (required(field) instanceof CborValue.Text(String text)) {
            return text;
        }
        throw wrongType(field, "text");
    }

    /// An unsigned number.
    public long number(String field) throws MalformedCborException {
        if (required(field) instanceof CborValue.Int(long n) && n >= 0) {
            return n;
        }
        throw wrongType(field, "an unsigned number");
    }

    /// An unsigned number of at most `max`.
    public int number(String field, int max) throws MalformedCborException {
        long n = number(field);
        if (n > max) {
            throw new MalformedCborException("%s has %d as %s, more than %d.".formatted(what, n, field, max));
        }
        return (int) n;
    }

    public boolean bool(String field) throws MalformedCborException {
        if (required(field) instanceof CborValue.Bool(boolean b)) {
            return b;
        }
        throw wrongType(field, "true or false");
    }

    public List<CborValue> array(String field) throws MalformedCborException {
        if (required(field) instanceof CborValue.Array(var items)) {
            return items;
        }
        throw wrongType(field, "an array");
    }

    /// A byte string, and nothing that merely looks like one.
    public byte[] bytes(String field) throws MalformedCborException {
        return bytesOf(field, required(field));
    }

    /// As [#bytes], empty for absent and null; an empty byte string stays an empty byte string.
    public Optional<byte[]> optionalBytes(String field) throws MalformedCborException {
        Optional<CborValue> value = optional(field);
        return value.isEmpty() ? Optional.empty() : Optional.of(bytesOf(field, value.get()));
    }

    /// A byte string or an array of numbers 0…255, as encoders without a byte-string type write it.
    public byte[] lenientBytes(String field) throws MalformedCborException {
        return lenientBytesOf(field, required(field));
    }

    /// As [#lenientBytes], empty for absent and null.
    public Optional<byte[]> optionalLenientBytes(String field) throws MalformedCborException {
        Optional<CborValue> value = optional(field);
        return value.isEmpty() ? Optional.empty() : Optional.of(lenientBytesOf(field, value.get()));
    }

    /// The elements of an array of byte strings.
    public List<byte[]> byteStrings(String field) throws MalformedCborException {
        List<byte[]> strings = new ArrayList<>();
        for (CborValue item : array(field)) {
            strings.add(bytesOf(field, item));
        }
        return List.copyOf(strings);
    }

    private byte[] bytesOf(String field, CborValue value) throws MalformedCborException {
        if (value instanceof CborValue.Bytes(byte[] b)) {
            return b;
        }
        throw wrongType(field, "a byte string");
    }

    private byte[] lenientBytesOf(String field, CborValue value) throws MalformedCborException {
        if (!(value instanceof CborValue.Array(var items))) {
            return bytesOf(field, value);
        }
        byte[] bytes = new byte[items.size()];
        for (int i = 0; i < bytes.length; i++) {
            if (!(items.get(i) instanceof CborValue.Int(long n)) || n < 0 || n > 0xff) {
                throw wrongType(field, "a byte string or an array of bytes");
            }
            bytes[i] = (byte) n;
        }
        return bytes;
    }

    private MalformedCborException wrongType(String field, String expected) {
        return new MalformedCborException("%s: %s is not %s.".formatted(what, field, expected));
    }
}
