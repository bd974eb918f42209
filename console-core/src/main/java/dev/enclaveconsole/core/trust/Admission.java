package dev.enclaveconsole.core.trust;

import dev.enclaveconsole.core.enclave.EnclaveInfo;
import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.host.HostEntry;
import dev.enclaveconsole.protocol.attestation.StepId;
import dev.enclaveconsole.protocol.attestation.Verdict;
import dev.enclaveconsole.protocol.attestation.VerdictStep;
import dev.enclaveconsole.protocol.attestation.VerdictStep.Status;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Decides whether a verdict is good enough to talk to an enclave on a given host.
public final class Admission {
    /// What a user may waive for a host; nothing else ever is.
    private static final Set<StepId> WAIVABLE = EnumSet.of(StepId.ROOT, StepId.DEBUG, StepId.MEASUREMENTS);

    /// A trusted verdict always; where the host's entry says `allowUntrusted`, also one whose only steps not passed
    /// are ROOT, DEBUG and MEASUREMENTS. Admitted is not trusted: [Verdict#trusted] stays what it is.
    public static boolean admits(HostEntry host, Verdict verdict) {
        return obstacles(host, verdict).isEmpty();
    }

    static void require(HostEntry host, EnclaveInfo enclave, Verdict verdict) throws ConsoleException {
        List<VerdictStep> obstacles = obstacles(host, verdict);
        if (obstacles.isEmpty()) {
            return;
        }
        String why =
                obstacles.stream().map(step -> step.id() + ": " + step.detail()).collect(Collectors.joining(" "));
        VerdictStep worst = obstacles.stream()
                .filter(step -> step.status() == Status.FAILED)
                .findFirst()
                .orElse(obstacles.getFirst());
        throw new ConsoleException(Problem.refused(
                "trust.refused",
                "The enclave " + enclave.name() + " is not proven to be what it should be.",
                why,
                remedy(worst.id())));
    }

    private static List<VerdictStep> obstacles(HostEntry host, Verdict verdict) {
        return verdict.steps().stream()
                .filter(step -> step.status() != Status.PASSED)
                .filter(step -> !(host.allowUntrusted() && WAIVABLE.contains(step.id())))
                .toList();
    }

    private static String remedy(StepId step) {
        return switch (step) {
            case ROOT ->
                "This is no AWS Nitro enclave. To learn and test on it all the same, allow untrusted enclaves in the "
                        + "host's entry; never for confidential data.";
            case DEBUG -> "Launch it without debug mode, or allow untrusted enclaves in the host's entry for testing.";
            case MEASUREMENTS ->
                "Pin the measurements of the image you built or that its owner published; if they differ, another image "
                        + "runs there: do not use it.";
            case DATES, FRESHNESS -> "Check the clock of this computer, then verify again.";
            case NONCE, KEY_BINDING ->
                "Somebody may be in between: do not use this enclave. Launch it again and verify.";
            case DECODE, SIZES, CHAIN, SIGNATURE -> "The document is not genuine: do not use this enclave.";
        };
    }

    private Admission() {}
}
