package dev.enclaveconsole.protocol.attestation;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A document that passes every check, to be spoilt in one place by each test.
final class TestDocument {
    final TestPki pki;
    TestPki.Issued leaf;
    List<byte[]> cabundle;
    String moduleId = TestPki.MODULE;
    String digest = "SHA384";
    Instant timestamp;
    final Map<Integer, byte[]> pcrs = new TreeMap<>();
    byte[] nonce = new byte[32];
    final byte[] tlsKey;
    final byte[] operatorKey;
    byte @Nullable [] publicKey;
    byte @Nullable [] userData;

    TestDocument(TestPki pki) throws GeneralSecurityException {
        this.pki = pki;
        leaf = pki.leaf();
        cabundle = pki.cabundle();
        timestamp = pki.now.minusSeconds(1);
        nonce[0] = 42;
        for (int i = 0; i < 16; i++) {
            pcrs.put(i, new byte[48]);
        }
        for (int i = 0; i < 3; i++) {
            pcrs.put(i, MessageDigest.getInstance("SHA-384").digest(new byte[] {(byte) i}));
        }
        tlsKey = TestPki.keyPair("secp256r1").getPublic().getEncoded();
        operatorKey = TestPki.keyPair("secp256r1").getPublic().getEncoded();
        publicKey = tlsKey;
        userData = new UserData(Steps.sha256(tlsKey), Optional.of(Steps.sha256(operatorKey))).encode();
    }

    AttestationDocument claims() throws GeneralSecurityException {
        return new AttestationDocument(
                moduleId,
                digest,
                timestamp,
                pcrs,
                leaf.der(),
                cabundle,
                Optional.ofNullable(publicKey),
                Optional.ofNullable(userData),
                Optional.of(nonce));
    }

    byte[] signed() throws GeneralSecurityException {
        return CoseSign1.sign(claims().encodePayload(), leaf.privateKey());
    }

    /// What the untouched document meets in full.
    Expectations.Builder expectations() {
        byte[] sent = new byte[32];
        sent[0] = 42;
        Map<Integer, String> pinned = new TreeMap<>();
        for (int i = 0; i < 3; i++) {
            pinned.put(i, Steps.hex(pcrs.getOrDefault(i, new byte[48])));
        }
        return Expectations.builder()
                .at(pki.now)
                .nonce(sent)
                .pcrs(pinned)
                .tlsKey(tlsKey)
                .operatorKey(operatorKey);
    }
}
