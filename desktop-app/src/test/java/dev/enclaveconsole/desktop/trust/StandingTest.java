package dev.enclaveconsole.desktop.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclaveconsole.protocol.attestation.StepId;
import dev.enclaveconsole.protocol.attestation.Verdict;
import dev.enclaveconsole.protocol.attestation.VerdictStep;
import dev.enclaveconsole.protocol.attestation.VerdictStep.Status;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class StandingTest {
    @Test
    void isGreenOnlyWhenEveryStepPassed() {
        assertThat(Standing.of(verdict(StepId.ROOT, Status.PASSED), true).tone())
                .isEqualTo("success");
    }

    @ParameterizedTest
    @EnumSource(StepId.class)
    void isNeverGreenWithOneStepNotPassed(StepId step) {
        for (Status status : List.of(Status.FAILED, Status.NOT_CHECKED)) {
            assertThat(Standing.of(verdict(step, status), true)).isEqualTo(Standing.UNTRUSTED);
            assertThat(Standing.of(verdict(step, status), false)).isEqualTo(Standing.REFUSED);
        }
    }

    @Test
    void isNothingWithoutAVerdict() {
        assertThat(Standing.of(null, true)).isEqualTo(Standing.NONE);
    }

    @Test
    void pinsNeitherZerosNorRuntimeMeasurements() {
        Map<Integer, String> pcrs = Map.of(0, "ab", 1, "00", 2, "cd", 3, "ef", 4, "12", 8, "34");
        assertThat(Measured.pinnable(pcrs)).containsOnlyKeys(0, 2, 8);
        assertThat(Measured.shown(pcrs)).containsOnlyKeys(0, 1, 2, 3, 4, 8);
    }

    private static Verdict verdict(StepId odd, Status status) {
        List<VerdictStep> steps = Arrays.stream(StepId.values())
                .map(id -> new VerdictStep(id, id == odd ? status : Status.PASSED, "detail", List.of()))
                .toList();
        return new Verdict(steps, Instant.EPOCH, Map.of(), "i-0-enc0");
    }
}
