package dev.enclaveconsole.protocol.attestation;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The payload of an attestation document. Decoding looks at form only; [AttestationVerifier] judges.
///
/// @param moduleId the NSM's name, `i-…-enc…`
/// @param digest name of the PCRs' hash, `SHA384`
/// @param timestamp enclave time, millisecond precision
/// @param pcrs index to value; genuine documents have 0 to 15 always and further ones once extended
/// @param certificate the signing leaf, DER
/// @param cabundle root first, issuer of the leaf last, DER
/// @param publicKey empty if the document has null or nothing; an empty byte string stays one
public record AttestationDocument(
        String moduleId,
        String digest,
        Instant timestamp,
        Map<Integer, byte[]> pcrs,
        byte[] certificate,
        List<byte[]> cabundle,
        Optional<byte[]> publicKey,
        Optional<byte[]> userData,
        Optional<byte[]> nonce) {
    private static final int MAX_PCR_INDEX = 0xffff;

    public AttestationDocument {
        pcrs = Collections.unmodifiableMap(new TreeMap<>(pcrs));
        cabundle = List.copyOf(cabundle);
    }

    public static AttestationDocument decode(byte[] payload) throws MalformedCborException {
        CborFields fields = CborFields.of("The document", Cbor.decode(payload));
        return new AttestationDocument(
                fields.text("module_id"),
                fields.text("digest"),
                Instant.ofEpochMilli(fields.number("timestamp")),
                pcrs(fields.required("pcrs")),
                fields.bytes("certificate"),
                fields.byteStrings("cabundle"),
                fields.optionalBytes("public_key"),
                fields.optionalBytes("user_data"),
                fields.optionalBytes("nonce"));
    }

    /// The payload in the field order of genuine documents, null for unset fields.
    public byte[] encodePayload() {
        Map<CborValue, CborValue> registers = new LinkedHashMap<>();
        pcrs.forEach((index, value) -> registers.put(new CborValue.Int(index), new CborValue.Bytes(value)));
        Map<String, CborValue> fields = new LinkedHashMap<>();
        fields.put("module_id", new CborValue.Text(moduleId));
        fields.put("digest", new CborValue.Text(digest));
        fields.put("timestamp", new CborValue.Int(timestamp.toEpochMilli()));
        fields.put("pcrs", new CborValue.Dictionary(registers));
        fields.put("certificate", new CborValue.Bytes(certificate));
        fields.put(
                "cabundle",
                new CborValue.Array(
                        cabundle.stream().<CborValue>map(CborValue.Bytes::new).toList()));
        fields.put("public_key", NsmCodec.orNull(publicKey));
        fields.put("user_data", NsmCodec.orNull(userData));
        fields.put("nonce", NsmCodec.orNull(nonce));
        return Cbor.encode(CborFields.write(fields));
    }

    private static Map<Integer, byte[]> pcrs(CborValue value) throws MalformedCborException {
        if (!(value instanceof CborValue.Dictionary(var entries))) {
            throw new MalformedCborException("The document: pcrs is not a map.");
        }
        Map<Integer, byte[]> pcrs = new TreeMap<>();
        for (var entry : entries.entrySet()) {
            if (!(entry.getKey() instanceof CborValue.Int(long index)) || index < 0 || index > MAX_PCR_INDEX) {
                throw new MalformedCborException("The document: pcrs has a key that is no PCR index.");
            }
            if (!(entry.getValue() instanceof CborValue.Bytes(byte[] register))) {
                throw new MalformedCborException("The document: PCR%d is not a byte string.".formatted(index));
            }
            pcrs.put((int) index, register);
        }
        return pcrs;
    }
}
