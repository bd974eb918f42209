package dev.enclaveconsole.protocol.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclaveconsole.protocol.attestation.VerdictStep.Status;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttestationVerifierTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final TestPki pki;
    private final AttestationVerifier verifier;
    private TestDocument document;
    private Expectations expectations;

    AttestationVerifierTest() throws GeneralSecurityException {
        pki = new TestPki(NOW);
        verifier = pki.verifier();
        document = new TestDocument(pki);
        expectations = document.expectations().build();
    }

    @BeforeEach
    void freshDocument() throws GeneralSecurityException {
        document = new TestDocument(pki);
        expectations = document.expectations().build();
    }

    @Test
    void trustsDocumentThatMeetsEveryExpectation() throws GeneralSecurityException {
        Verdict verdict = verifier.verify(document.signed(), expectations);

        assertThat(verdict.trusted()).as(verdict.reason()).isTrue();
        assertThat(verdict.steps()).extracting(VerdictStep::id).containsExactly(StepId.values());
        assertThat(verdict.verifiedAt()).isEqualTo(NOW);
        assertThat(verdict.moduleId()).isEqualTo(TestPki.MODULE);
    }

    @Test
    void acceptsTag18() throws GeneralSecurityException {
        var tagged = new ByteArrayOutputStream();
        tagged.write(0xd2);
        tagged.writeBytes(document.signed());

        assertThat(verifier.verify(tagged.toByteArray(), expectations).trusted())
                .isTrue();
    }

    @Test
    void publicVerifierRefusesForeignRoot() throws GeneralSecurityException {
        Verdict verdict = new AttestationVerifier().verify(document.signed(), expectations);

        assertThat(failed(verdict)).containsExactly(StepId.ROOT);
        assertThat(verdict.step(StepId.ROOT).values())
                .extracting(VerdictStep.Value::value)
                .contains(AttestationVerifier.AWS_ROOT_SHA256);
    }

    @Test
    void refusesExpiredLeafForItsDateOnly() throws GeneralSecurityException {
        document.leaf = pki.leaf(TestPki.LEAF_NAME, NOW.minus(Duration.ofHours(4)), NOW.minus(Duration.ofHours(1)));

        Verdict verdict = verifier.verify(document.signed(), expectations);

        assertThat(failed(verdict)).containsExactly(StepId.DATES);
        assertThat(verdict.reason())
                .isEqualTo("The leaf certificate expired 2026-03-01 11:00:00 UTC (3600 seconds before the time of"
                        + " verification).");
    }

    @Test
    void refusesLeafFromTheFuture() throws GeneralSecurityException {
        document.leaf = pki.leaf(TestPki.LEAF_NAME, NOW.plus(Duration.ofHours(3)), NOW.plus(Duration.ofHours(6)));

        assertThat(verifier.verify(document.signed(), expectations).reason()).contains("valid only from");
    }

    @Test
    void refusesLeafThatIsAnAuthority() throws GeneralSecurityException {
        document.leaf = leaf(new BasicConstraints(true), KeyUsage.digitalSignature, "secp384r1");

        refuses(StepId.CHAIN, "certificate authority");
    }

    @Test
    void refusesLeafThatMaySignCertificates() throws GeneralSecurityException {
        document.leaf =
                leaf(new BasicConstraints(false), KeyUsage.digitalSignature | KeyUsage.keyCertSign, "secp384r1");

        refuses(StepId.CHAIN, "may sign certificates");
    }

    @Test
    void refusesLeafNotMadeForSignatures() throws GeneralSecurityException {
        document.leaf = leaf(new BasicConstraints(false), KeyUsage.keyAgreement, "secp384r1");

        refuses(StepId.CHAIN, "not made for digital signatures");
    }

    @Test
    void refusesLeafOnAnotherCurve() throws GeneralSecurityException {
        document.leaf = leaf(new BasicConstraints(false), KeyUsage.digitalSignature, "secp256r1");

        refuses(StepId.SIGNATURE, "not on the curve P-384", sign(document, pki.leaf()));
    }

    @Test
    void refusesLeafOfAnotherEnclave() throws GeneralSecurityException {
        document.leaf = pki.leaf("i-0123456789abcdef0-encffff.eu-central-1.aws", NOW, NOW.plusSeconds(60));

        refuses(StepId.SIGNATURE, "not issued for the enclave");
    }

    @Test
    void refusesSwappedBundle() throws GeneralSecurityException {
        List<byte[]> swapped = new ArrayList<>(document.cabundle);
        byte[] zone = swapped.remove(2);
        swapped.add(zone);
        document.cabundle = swapped;

        refuses(StepId.CHAIN, "The chain is broken");
    }

    @Test
    void refusesBundleOfAnotherAuthority() throws GeneralSecurityException {
        document.cabundle = new TestPki(NOW).cabundle();

        Verdict verdict = verifier.verify(document.signed(), expectations);

        assertThat(failed(verdict)).containsExactly(StepId.CHAIN, StepId.ROOT);
    }

    @Test
    void refusesCertificateWithBytesBehindIt() throws GeneralSecurityException {
        byte[] region = document.cabundle.get(1);
        document.cabundle = new ArrayList<>(document.cabundle);
        document.cabundle.set(1, Arrays.copyOf(region, region.length + 1));

        refuses(StepId.CHAIN, "The cabundle[1] certificate cannot be read");
    }

    @Test
    void refusesSignatureOfAnotherKey() throws GeneralSecurityException {
        refuses(StepId.SIGNATURE, "altered or forged", sign(document, pki.leaf()));
    }

    @Test
    void refusesZeroSignature() throws GeneralSecurityException {
        var message = new CoseSign1(
                new byte[] {(byte) 0xa1, 0x01, 0x38, 0x22}, document.claims().encodePayload(), new byte[96]);

        refuses(StepId.SIGNATURE, "The signature", message.encode());
    }

    @Test
    void refusesUnsignedDocument() throws GeneralSecurityException {
        var message = new CoseSign1(
                new byte[] {(byte) 0xa1, 0x01, 0x38, 0x22}, document.claims().encodePayload(), new byte[0]);

        refuses(StepId.SIGNATURE, "The document is not signed.", message.encode());
    }

    @Test
    void refusesDebugEnclave() throws GeneralSecurityException {
        for (int i = 0; i < 3; i++) {
            document.pcrs.put(i, new byte[48]);
        }

        Verdict verdict = verifier.verify(document.signed(), expectations);

        assertThat(failed(verdict)).containsExactly(StepId.DEBUG, StepId.MEASUREMENTS);
        assertThat(verdict.reason()).contains("debug mode").contains("PCR0, PCR1, PCR2 are all zero");
    }

    @Test
    void namesEveryDifferingMeasurement() throws GeneralSecurityException {
        document.pcrs.put(0, document.pcrs.getOrDefault(1, new byte[48]));
        document.pcrs.remove(2);

        Verdict verdict = verifier.verify(document.signed(), expectations);

        assertThat(failed(verdict)).containsExactly(StepId.DEBUG, StepId.MEASUREMENTS);
        assertThat(verdict.step(StepId.MEASUREMENTS).detail()).startsWith("PCR0, PCR2 differ from");
    }

    @Test
    void refusesStaleTimestamp() throws GeneralSecurityException {
        document.timestamp = NOW.minus(Duration.ofMinutes(6));

        refuses(StepId.FRESHNESS, "360 seconds before, outside of the 300 seconds allowed");
    }

    @Test
    void refusesTimestampFromTheFuture() throws GeneralSecurityException {
        document.timestamp = NOW.plus(Duration.ofMinutes(6));

        refuses(StepId.FRESHNESS, "after the time of verification");
    }

    @Test
    void refusesOtherNonce() throws GeneralSecurityException {
        document.nonce = new byte[32];

        refuses(StepId.NONCE, "another nonce");
    }

    @Test
    void refusesNonceBeyondTheLimit() throws GeneralSecurityException {
        document.nonce = new byte[1025];

        Verdict verdict = verifier.verify(document.signed(), expectations);

        assertThat(failed(verdict)).containsExactly(StepId.SIZES, StepId.NONCE);
        assertThat(verdict.reason()).isEqualTo("The nonce has 1025 bytes instead of 0 to 1024.");
    }

    @Test
    void refusesAnotherTlsKey() throws GeneralSecurityException {
        byte[] other = TestPki.keyPair("secp256r1").getPublic().getEncoded();

        Verdict verdict = verifier.verify(
                document.signed(), document.expectations().tlsKey(other).build());

        assertThat(failed(verdict)).containsExactly(StepId.KEY_BINDING);
        assertThat(verdict.reason()).contains("another TLS key").contains("public_key");
    }

    @Test
    void refusesEnclaveClaimedBySomebodyElse() throws GeneralSecurityException {
        document.userData = new UserData(Steps.sha256(document.tlsKey), Optional.of(new byte[32])).encode();

        refuses(StepId.KEY_BINDING, "claimed by somebody else");
    }

    @Test
    void refusesDocumentWithoutKeys() throws GeneralSecurityException {
        document.userData = null;

        refuses(StepId.KEY_BINDING, "carries no user_data");
    }

    @Test
    void reportsAllMismatchesAtOnce() throws GeneralSecurityException {
        document.nonce = new byte[8];
        document.timestamp = NOW.minus(Duration.ofDays(1));
        document.digest = "SHA256";
        document.userData = null;
        document.pcrs.put(1, new byte[48]);

        assertThat(failed(verifier.verify(document.signed(), expectations)))
                .containsExactly(
                        StepId.SIZES,
                        StepId.NONCE,
                        StepId.FRESHNESS,
                        StepId.DEBUG,
                        StepId.MEASUREMENTS,
                        StepId.KEY_BINDING);
    }

    @Test
    void whatIsNotExpectedIsNotChecked() throws GeneralSecurityException {
        Verdict verdict = verifier.verify(
                document.signed(), Expectations.builder().atDocumentTime().build());

        assertThat(verdict.refused()).isFalse();
        assertThat(verdict.trusted()).isFalse();
        assertThat(with(verdict, Status.NOT_CHECKED))
                .containsExactly(StepId.NONCE, StepId.FRESHNESS, StepId.MEASUREMENTS, StepId.KEY_BINDING);
    }

    @Test
    void pinnedMeasurementsMayBeUpperCase() throws GeneralSecurityException {
        String pcr0 = Steps.hex(document.pcrs.getOrDefault(0, new byte[48])).toUpperCase(Locale.ROOT);

        Verdict verdict = verifier.verify(
                document.signed(), document.expectations().pcrs(Map.of(0, pcr0)).build());

        assertThat(verdict.trusted()).isTrue();
    }

    private TestPki.Issued leaf(BasicConstraints constraints, int usage, String curve) throws GeneralSecurityException {
        return pki.leaf(TestPki.LEAF_NAME, NOW.minusSeconds(60), NOW.plusSeconds(60), constraints, usage, curve);
    }

    private static byte[] sign(TestDocument document, TestPki.Issued other) throws GeneralSecurityException {
        return CoseSign1.sign(document.claims().encodePayload(), other.privateKey());
    }

    private void refuses(StepId step, String why) throws GeneralSecurityException {
        refuses(step, why, document.signed());
    }

    private void refuses(StepId step, String why, byte[] bytes) {
        Verdict verdict = verifier.verify(bytes, expectations);
        assertThat(failed(verdict)).containsExactly(step);
        assertThat(verdict.reason()).contains(why);
    }

    private static List<StepId> failed(Verdict verdict) {
        return with(verdict, Status.FAILED);
    }

    private static List<StepId> with(Verdict verdict, Status status) {
        return verdict.steps().stream()
                .filter(s -> s.status() == status)
                .map(VerdictStep::id)
                .toList();
    }
}
