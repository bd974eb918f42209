package dev.enclaveconsole.protocol.attestation;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.util.List;
import java.util.Map;

/// A COSE_Sign1 message (RFC 9052 §4.2) as the NSM makes it: ES384 and nothing else, untagged or with tag 18.
///
/// @param protectedHeader the received bytes; they, not a re-encoding, are what is signed
/// @param signature r ‖ s, 96 bytes in a genuine message
public record CoseSign1(byte[] protectedHeader, byte[] payload, byte[] signature) {
    private static final long TAG_SIGN1 = 18;
    private static final CborValue ES384_ONLY =
            new CborValue.Dictionary(Map.of(new CborValue.Int(1), new CborValue.Int(-35)));
    private static final String ALGORITHM = "SHA384withECDSAinP1363Format";

    public static CoseSign1 decode(byte[] bytes) throws MalformedCborException {
        CborValue value = Cbor.decode(bytes);
        if (value instanceof CborValue.Tagged(long tag, CborValue inner)) {
            if (tag != TAG_SIGN1) {
                throw new MalformedCborException(
                        "The document has CBOR tag %d; a COSE_Sign1 has 18 or none.".formatted(tag));
            }
            value = inner;
        }
        if (!(value instanceof CborValue.Array(List<CborValue> parts)) || parts.size() != 4) {
            throw new MalformedCborException("The document is not a COSE_Sign1, which is an array of four parts.");
        }
        var message = new CoseSign1(
                bytes("protected header", parts.get(0)),
                bytes("payload", parts.get(2)),
                bytes("signature", parts.get(3)));
        if (!(parts.get(1) instanceof CborValue.Dictionary(var unprotected))) {
            throw new MalformedCborException("The document's unprotected header is not a map.");
        }
        if (!unprotected.isEmpty()) {
            throw new MalformedCborException("The document's unprotected header is not empty.");
        }
        message.requireEs384();
        return message;
    }

    /// An untagged message over `payload`.
    ///
    /// @param key on P-384
    public static byte[] sign(byte[] payload, ECPrivateKey key) throws GeneralSecurityException {
        byte[] header = Cbor.encode(ES384_ONLY);
        Signature signer = Signature.getInstance(ALGORITHM);
        signer.initSign(key);
        signer.update(signedBytes(header, payload));
        return new CoseSign1(header, payload, signer.sign()).encode();
    }

    /// The untagged message.
    public byte[] encode() {
        return Cbor.encode(new CborValue.Array(List.of(
                new CborValue.Bytes(protectedHeader),
                new CborValue.Dictionary(Map.of()),
                new CborValue.Bytes(payload),
                new CborValue.Bytes(signature))));
    }

    /// Whether `key` made the signature.
    ///
    /// @throws GeneralSecurityException if key or signature have the wrong form
    public boolean verify(PublicKey key) throws GeneralSecurityException {
        Signature verifier = Signature.getInstance(ALGORITHM);
        verifier.initVerify(key);
        verifier.update(signedBytes(protectedHeader, payload));
        return verifier.verify(signature);
    }

    private void requireEs384() throws MalformedCborException {
        CborValue header;
        try {
            header = Cbor.decode(protectedHeader);
        } catch (MalformedCborException e) {
            throw new MalformedCborException("The document's protected header: " + e.getMessage());
        }
        if (!header.equals(ES384_ONLY)) {
            throw new MalformedCborException(
                    "The document's protected header is not exactly {1: -35}, which is ES384.");
        }
    }

    private static byte[] signedBytes(byte[] header, byte[] payload) {
        return Cbor.encode(new CborValue.Array(List.of(
                new CborValue.Text("Signature1"),
                new CborValue.Bytes(header),
                new CborValue.Bytes(new byte[0]),
                new CborValue.Bytes(payload))));
    }

    private static byte[] bytes(String part, CborValue value) throws MalformedCborException {
        if (value instanceof CborValue.Bytes(byte[] b)) {
            return b;
        }
        throw new MalformedCborException("The document's %s is not a byte string.".formatted(part));
    }
}
