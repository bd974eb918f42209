package dev.enclaveconsole.core.enclave;

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

    SavedEnclave ended(EnclaveEnd how) {
        return new SavedEnclave(host, id, name, cid, cpuCount, memoryMib, debug, firstSeen, Optional.of(how));
    }
}
