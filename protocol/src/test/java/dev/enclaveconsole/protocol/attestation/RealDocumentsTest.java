package dev.enclaveconsole.protocol.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclaveconsole.protocol.attestation.VerdictStep.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Documents that AWS's hypervisor signed, and one that it did not.
class RealDocumentsTest {
    private final AttestationVerifier verifier = new AttestationVerifier();
    private final Expectations atOwnTime =
            Expectations.builder().atDocumentTime().build();

    @ParameterizedTest
    @ValueSource(strings = {"nitro-1.bin", "nitro-2.bin", "nitro-pcr16.bin"})
    void passAtTheirOwnTime(String name) throws IOException {
        Verdict verdict = verifier.verify(SharedData.attestation(name), atOwnTime);

        assertThat(verdict.refused()).as(verdict.reason()).isFalse();
        assertThat(with(verdict, Status.PASSED))
                .containsExactly(
                        StepId.DECODE,
                        StepId.SIZES,
                        StepId.CHAIN,
                        StepId.ROOT,
                        StepId.DATES,
                        StepId.SIGNATURE,
                        StepId.DEBUG);
        assertThat(verdict.step(StepId.DATES).detail()).contains("historic");
        assertThat(verdict.moduleId()).startsWith("i-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nitro-1.bin", "nitro-2.bin", "nitro-pcr16.bin"})
    void failNowOnlyBecauseTheyHaveExpired(String name) throws IOException {
        Verdict verdict = verifier.verify(
                SharedData.attestation(name),
                Expectations.builder().at(Instant.now()).build());

        assertThat(with(verdict, Status.FAILED)).containsExactly(StepId.DATES);
        assertThat(verdict.reason()).contains("The leaf certificate expired 202");
    }

    @Test
    void pinnedMeasurementsOfRealDocumentPass() throws IOException {
        byte[] document = SharedData.attestation("nitro-pcr16.bin");
        Map<Integer, String> pcrs = verifier.verify(document, atOwnTime).pcrs();

        Verdict verdict = verifier.verify(
                document, Expectations.builder().atDocumentTime().pcrs(pcrs).build());

        assertThat(pcrs).containsKey(16);
        assertThat(verdict.step(StepId.MEASUREMENTS).status()).isEqualTo(Status.PASSED);
    }

    @Test
    void privateRootIsRefusedAtTheRoot() throws IOException {
        Verdict verdict = verifier.verify(SharedData.attestation("private-root.bin"), atOwnTime);

        assertThat(verdict.firstFailure().orElseThrow().id()).isEqualTo(StepId.ROOT);
    }

    @Test
    void everyFlippedByteIsRefusedByNamedStep() throws IOException {
        byte[] document = SharedData.attestation("nitro-1.bin");
        for (int position = 0; position < document.length; position += 13) {
            byte[] altered = document.clone();
            altered[position] ^= 0x01;

            Verdict verdict = verifier.verify(altered, atOwnTime);

            assertThat(verdict.refused()).as("byte %d", position).isTrue();
            assertThat(verdict.reason()).endsWith(".");
        }
    }

    @Test
    void flippedByteFailsTheStepThatGuardsIt() throws IOException, MalformedCborException {
        byte[] document = SharedData.attestation("nitro-1.bin");
        CoseSign1 message = CoseSign1.decode(document);
        AttestationDocument claims = AttestationDocument.decode(message.payload());

        assertThat(flipped(document, message.protectedHeader(), 3)).contains(StepId.DECODE);
        assertThat(flipped(document, message.signature(), 50)).containsExactly(StepId.SIGNATURE);
        assertThat(flipped(document, claims.pcrs().getOrDefault(4, new byte[0]), 7))
                .containsExactly(StepId.SIGNATURE);
        assertThat(flipped(document, claims.moduleId().getBytes(StandardCharsets.US_ASCII), 5))
                .containsExactly(StepId.SIGNATURE);
        assertThat(flipped(document, "SHA384".getBytes(StandardCharsets.US_ASCII), 0))
                .containsExactly(StepId.SIZES, StepId.SIGNATURE);
        assertThat(flipped(document, claims.certificate(), claims.certificate().length - 5))
                .containsExactly(StepId.CHAIN, StepId.SIGNATURE);
        byte[] region = claims.cabundle().get(1);
        assertThat(flipped(document, region, region.length - 5)).containsExactly(StepId.CHAIN, StepId.SIGNATURE);
        byte[] root = claims.cabundle().getFirst();
        assertThat(flipped(document, root, root.length - 5)).containsExactly(StepId.ROOT, StepId.SIGNATURE);
    }

    /// The failed steps after one bit of `part` was flipped within the document.
    private List<StepId> flipped(byte[] document, byte[] part, int offset) {
        int start = new String(document, StandardCharsets.ISO_8859_1)
                .indexOf(new String(part, StandardCharsets.ISO_8859_1));
        byte[] altered = document.clone();
        altered[start + offset] ^= 0x01;
        return with(verifier.verify(altered, atOwnTime), Status.FAILED);
    }

    private static List<StepId> with(Verdict verdict, Status status) {
        return verdict.steps().stream()
                .filter(s -> s.status() == status)
                .map(VerdictStep::id)
                .toList();
    }
}
