package dev.enclaveconsole.protocol.attestation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What our enclave puts into the document's `user_data`: the SHA-256 of the SubjectPublicKeyInfo (DER) of its TLS key
/// and, once claimed, of the operator's key. CBOR map `{"tls_spki_sha256": bstr 32, "operator_spki_sha256": bstr 32}`.
public record UserData(byte[] tlsSpkiSha256, Optional<byte[]> operatorSpkiSha256) {
    private static final int HASH_BYTES = 32;
    private static final String TLS = "tls_spki_sha256";
    private static final String OPERATOR = "operator_spki_sha256";

    public byte[] encode() {
        Map<String, CborValue> fields = new LinkedHashMap<>();
        fields.put(TLS, new CborValue.Bytes(tlsSpkiSha256));
        operatorSpkiSha256.ifPresent(hash -> fields.put(OPERATOR, new CborValue.Bytes(hash)));
        return Cbor.encode(CborFields.write(fields));
    }

    public static UserData decode(byte[] cbor) throws MalformedCborException {
        CborFields fields = CborFields.of("user_data", Cbor.decode(cbor));
        byte[] tls = hash(TLS, fields.bytes(TLS));
        Optional<byte[]> operator = fields.optionalBytes(OPERATOR);
        if (operator.isPresent()) {
            hash(OPERATOR, operator.get());
        }
        return new UserData(tls, operator);
    }

    private static byte[] hash(String field, byte[] bytes) throws MalformedCborException {
        if (bytes.length != HASH_BYTES) {
            throw new MalformedCborException(
                    "user_data: %s has %d bytes instead of 32.".formatted(field, bytes.length));
        }
        return bytes;
    }
}
