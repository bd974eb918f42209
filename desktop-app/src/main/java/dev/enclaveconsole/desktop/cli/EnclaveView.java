package dev.enclaveconsole.desktop.cli;

import dev.enclaveconsole.core.enclave.EnclaveInfo;
import java.util.Map;
import java.util.TreeMap;

/// An enclave as the terminal's JSON shows it.
record EnclaveView(
        String id,
        String name,
        int cid,
        EnclaveInfo.State state,
        int cpuCount,
        long memoryMib,
        boolean debug,
        Map<Integer, String> pcrs) {
    static EnclaveView of(EnclaveInfo enclave) {
        return new EnclaveView(
                enclave.id(),
                enclave.name(),
                enclave.cid(),
                enclave.state(),
                enclave.cpuCount(),
                enclave.memoryMib(),
                enclave.debug(),
                new TreeMap<>(enclave.pcrs()));
    }

    String line() {
        return "%-20s %-44s CID %-4d %-11s %d CPUs %d MiB%s"
                .formatted(name, id, cid, state, cpuCount, memoryMib, debug ? "  DEBUG" : "");
    }
}
