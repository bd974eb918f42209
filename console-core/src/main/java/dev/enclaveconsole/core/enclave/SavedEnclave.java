package dev.enclaveconsole.core.enclave;

import dev.enclaveconsole.core.failure.Problem;
import java.time.Instant;
import java.util.Optional;

/// What this computer remembers of an enclave, also after it has ended.
///
/// @param firstSeen when it was launched, or first listed if somebody else launched it
/// @param end empty while it runs, as far as known
public record SavedEnclave(
        String host,
        String id,
        String name,
        int cid,
        int cpuCount,
        long memoryMib,
        boolean debug,
        Instant firstSeen,
        Optional<EnclaveEnd> end) {

    static SavedEnclave of(String host, EnclaveInfo enclave, Instant now) {
        return new SavedEnclave(
                host,
                enclave.id(),
                enclave.name(),
                enclave.cid(),
                enclave.cpuCount(),
                enclave.memoryMib(),
                enclave.debug(),
                now,
                Optional.empty());
    }

    /// That it vanished, as a problem with what the host told of it.
    public Problem problem() {
        String why = end.map(EnclaveEnd::reason).orElse("");
        String remedy = debug
                ? "Read its saved console, then launch it again."
                : "Launch it again; in debug mode its console says more.";
        return Problem.failed("enclave.vanished", "The enclave " + name + " is gone.", why, remedy)
                .withDetails(end.map(EnclaveEnd::evidence).orElse(""));
    }

    SavedEnclave ended(EnclaveEnd how) {
        return new SavedEnclave(host, id, name, cid, cpuCount, memoryMib, debug, firstSeen, Optional.of(how));
    }
}
