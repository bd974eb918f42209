package dev.enclaveconsole.protocol.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Bytes that are no attestation document: each is refused with a sentence, none makes the verifier throw.
class MalformedDocumentsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String ES384 = "44a1013822";

    private final TestPki pki;
    private final TestDocument document;
    private final byte[] signed;
    private final AttestationVerifier verifier;

    MalformedDocumentsTest() throws GeneralSecurityException {
        pki = new TestPki(NOW);
        document = new TestDocument(pki);
        signed = document.signed();
        verifier = pki.verifier();
    }

    @Test
    void refusesNoBytes() {
        refuses(new byte[0], "no bytes");
    }

    @Test
    void refusesTruncatedDocument() {
        refuses(Arrays.copyOf(signed, signed.length - 1), "truncated: at offset");
        refuses(Arrays.copyOf(signed, 1), "truncated");
    }

    @Test
    void refusesTrailingBytes() {
        refuses(Arrays.copyOf(signed, signed.length + 3), "3 bytes follow");
    }

    @Test
    void refusesHugeDocument() {
        refuses(new byte[33 * 1024], "more than any genuine one");
    }

    @Test
    void refusesOtherTagAndOtherShape() {
        refuses("d184" + ES384 + "a0" + "40" + "40", "tag 17");
        refuses("83" + ES384 + "a0" + "40", "array of four parts");
        refuses("84" + ES384 + "a10101" + "40" + "40", "unprotected header is not empty");
    }

    @Test
    void refusesOtherAlgorithms() {
        refuses("84" + "43a10126" + "a0" + "40" + "40", "not exactly {1: -35}");
        refuses("84" + "46a20138220401" + "a0" + "40" + "40", "not exactly {1: -35}");
        refuses("84" + "40" + "a0" + "40" + "40", "protected header");
    }

    @Test
    void refusesDuplicateKeys() throws GeneralSecurityException {
        String payload = HexFormat.of().formatHex(document.claims().encodePayload());
        String userData = HexFormat.of().formatHex("user_data".getBytes(StandardCharsets.UTF_8));
        String moduleId = HexFormat.of().formatHex("module_id".getBytes(StandardCharsets.UTF_8));
        byte[] twice = HexFormat.of().parseHex(payload.replace(userData, moduleId));

        refuses(CoseSign1.sign(twice, document.leaf.privateKey()), "the key \"module_id\" twice");
    }

    @Test
    void refusesMissingField() throws GeneralSecurityException {
        byte[] payload = Cbor.encode(CborFields.write(Map.of("module_id", new CborValue.Text("i-0"))));

        refuses(CoseSign1.sign(payload, document.leaf.privateKey()), "has no digest");
    }

    @Test
    void refusesNestingAndIndefiniteLengths() {
        refuses("81".repeat(4000) + "00", "nested deeper");
        refuses("9f00ff", "indefinite length");
        refuses("9b7fffffffffffffff", "a count of");
        refuses("5bffffffffffffffff", "2^63");
    }

    @Test
    void neverThrowsOnMutatedDocuments() {
        var random = new Random(20260301);
        for (int round = 0; round < 400; round++) {
            byte[] mutated = mutate(signed, random);

            Verdict verdict = verifier.verify(mutated, document.expectations().build());

            assertThat(verdict.trusted()).as("round %d", round).isEqualTo(Arrays.equals(mutated, signed));
            assertThat(verdict.steps()).hasSize(StepId.values().length);
        }
    }

    /// Re-signed, so that mutations reach the checks behind the signature.
    @Test
    void neverThrowsOnSignedNonsense() throws GeneralSecurityException {
        var random = new Random(20260302);
        byte[] payload = document.claims().encodePayload();
        for (int round = 0; round < 200; round++) {
            byte[] mutated = mutate(payload, random);

            Verdict verdict = verifier.verify(
                    CoseSign1.sign(mutated, document.leaf.privateKey()),
                    document.expectations().build());

            assertThat(verdict.reason()).as("round %d", round).isNotBlank();
        }
    }

    private static byte[] mutate(byte[] original, Random random) {
        byte[] mutated = Arrays.copyOf(original, original.length - (random.nextInt(4) == 0 ? random.nextInt(50) : 0));
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int range = random.nextBoolean() ? 200 : mutated.length;
            mutated[random.nextInt(Math.min(range, mutated.length))] = (byte) random.nextInt(256);
        }
        return mutated;
    }

    private void refuses(String hex, String why) {
        refuses(HexFormat.of().parseHex(hex), why);
    }

    private void refuses(byte[] bytes, String why) {
        Verdict verdict = verifier.verify(bytes, document.expectations().build());
        assertThat(verdict.firstFailure().orElseThrow().id()).isEqualTo(StepId.DECODE);
        assertThat(verdict.reason()).contains(why).endsWith(".");
        assertThat(verdict.steps().subList(1, verdict.steps().size()))
                .extracting(VerdictStep::status)
                .containsOnly(VerdictStep.Status.NOT_CHECKED);
        assertThat(verdict.moduleId()).isEmpty();
    }
}
