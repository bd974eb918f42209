package dev.enclaveconsole.desktop.cli;

import dev.enclaveconsole.core.enclave.EnclaveEnd;
import dev.enclaveconsole.core.enclave.SavedEnclave;
import java.time.Instant;
import java.util.Optional;

/// An enclave that this computer remembers, as the terminal's JSON shows it.
record SavedView(
        String id,
        String name,
        int cid,
        boolean debug,
        Instant firstSeen,
        Optional<Instant> endedAt,
        Optional<EnclaveEnd.Kind> how,
        Optional<String> reason) {
    static SavedView of(SavedEnclave saved) {
        return new SavedView(
                saved.id(),
                saved.name(),
                saved.cid(),
                saved.debug(),
                saved.firstSeen(),
                saved.end().map(EnclaveEnd::at),
                saved.end().map(EnclaveEnd::kind),
                saved.end().map(EnclaveEnd::reason));
    }

    String line() {
        return "%-20s %-44s %s".formatted(name, id, ending());
    }

    private String ending() {
        if (how.isEmpty()) {
            return "running, as far as known";
        }
        String verb = how.get() == EnclaveEnd.Kind.TERMINATED ? "terminated" : "GONE";
        return verb + " " + endedAt.map(Instant::toString).orElse("") + ": " + reason.orElse("");
    }
}
