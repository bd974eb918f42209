package dev.enclaveconsole.desktop.cli;

import dev.enclaveconsole.protocol.attestation.StepId;
import dev.enclaveconsole.protocol.attestation.Verdict;
import dev.enclaveconsole.protocol.attestation.VerdictStep;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// A verdict as the terminal shows it, in JSON and as text.
record VerdictView(
        boolean trusted,
        String reason,
        Instant verifiedAt,
        String moduleId,
        Map<Integer, String> pcrs,
        List<VerdictStep> steps,
        List<StepId> notChecked) {

    static VerdictView of(Verdict verdict) {
        List<StepId> notChecked = verdict.steps().stream()
                .filter(s -> s.status() == VerdictStep.Status.NOT_CHECKED)
                .map(VerdictStep::id)
                .toList();
        return new VerdictView(
                verdict.trusted(),
                verdict.reason(),
                verdict.verifiedAt(),
                verdict.moduleId(),
                new TreeMap<>(verdict.pcrs()),
                verdict.steps(),
                notChecked);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        text.append(trusted ? "VERIFIED" : "UNTRUSTED: " + reason).append('\n');
        for (VerdictStep step : steps) {
            text.append("  %-12s %-12s %s%n".formatted(word(step.status()), label(step.id()), step.detail()));
        }
        return text.toString();
    }

    static String label(StepId id) {
        return id.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String word(VerdictStep.Status status) {
        return switch (status) {
            case PASSED -> "passed";
            case FAILED -> "FAILED";
            case NOT_CHECKED -> "not checked";
        };
    }
}
