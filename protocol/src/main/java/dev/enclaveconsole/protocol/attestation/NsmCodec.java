package dev.enclaveconsole.protocol.attestation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The externally tagged enums of NSM requests and responses: `"Name"` or `{"Name": {fields}}`.
final class NsmCodec {
    /// Indexes, counts and versions are 16-bit numbers in the NSM's interface.
    static final int MAX_INDEX = 0xffff;

    /// One enum value on the wire.
    record Variant(String what, String name, CborValue content) {
        CborFields fields() throws MalformedCborException {
            return CborFields.of(what + " " + name, content);
        }

        String text() throws MalformedCborException {
            if (content instanceof CborValue.Text(String text)) {
                return text;
            }
            throw new MalformedCborException("%s %s is not text.".formatted(what, name));
        }
    }

    static Variant variant(String what, byte[] cbor, int maxBytes) throws MalformedCborException {
        if (cbor.length > maxBytes) {
            throw new MalformedCborException("%s has %d bytes, more than %d.".formatted(what, cbor.length, maxBytes));
        }
        CborValue value = Cbor.decode(cbor);
        if (value instanceof CborValue.Text(String name)) {
            return new Variant(what, name, new CborValue.Null());
        }
        if (value instanceof CborValue.Dictionary(var entries) && entries.size() == 1) {
            var entry = entries.entrySet().iterator().next();
            if (entry.getKey() instanceof CborValue.Text(String name)) {
                return new Variant(what, name, entry.getValue());
            }
        }
        throw new MalformedCborException("%s is neither a name nor a map of one name.".formatted(what));
    }

    static CborValue tagged(String name, Map<String, CborValue> fields) {
        return CborFields.write(Map.of(name, CborFields.write(fields)));
    }

    static Map<String, CborValue> number(String field, long value) {
        return Map.of(field, new CborValue.Int(value));
    }

    static Map<String, CborValue> bytes(String field, byte[] value) {
        return Map.of(field, new CborValue.Bytes(value));
    }

    static CborValue orNull(Optional<byte[]> bytes) {
        return bytes.<CborValue>map(CborValue.Bytes::new).orElseGet(CborValue.Null::new);
    }

    static CborValue describeNsm(NsmResponse.DescribeNsm it) {
        List<CborValue> locked = it.lockedPcrs().stream()
                .<CborValue>map(index -> new CborValue.Int(index))
                .toList();
        Map<String, CborValue> fields = new LinkedHashMap<>();
        fields.put("version_major", new CborValue.Int(it.versionMajor()));
        fields.put("version_minor", new CborValue.Int(it.versionMinor()));
        fields.put("version_patch", new CborValue.Int(it.versionPatch()));
        fields.put("module_id", new CborValue.Text(it.moduleId()));
        fields.put("max_pcrs", new CborValue.Int(it.maxPcrs()));
        fields.put("locked_pcrs", new CborValue.Array(locked));
        fields.put("digest", new CborValue.Text(it.digest()));
        return tagged("DescribeNSM", fields);
    }

    private NsmCodec() {}
}
