package dev.enclaveconsole.desktop.cli;

import dev.enclaveconsole.core.host.HostEntry;
import dev.enclaveconsole.protocol.attestation.StepId;
import dev.enclaveconsole.protocol.attestation.Verdict;
import dev.enclaveconsole.protocol.attestation.VerdictStep;
import java.util.EnumSet;
import java.util.Set;

/// Whether a verdict is no reason to stop on a host: no check failed, or only those whose failure its entry allows.
final class AcceptedVerdict {
    private static final Set<StepId> ALLOWED = EnumSet.of(StepId.ROOT, StepId.DEBUG, StepId.MEASUREMENTS);

    static boolean on(HostEntry host, Verdict verdict) {
        return verdict.steps().stream()
                .filter(s -> s.status() == VerdictStep.Status.FAILED)
                .allMatch(s -> host.allowUntrusted() && ALLOWED.contains(s.id()));
    }

    private AcceptedVerdict() {}
}
