package dev.enclaveconsole.desktop.cli;

import dev.enclaveconsole.core.enclave.EnclaveInfo;
import dev.enclaveconsole.core.enclave.NitroCli;
import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.host.HostSession;
import dev.enclaveconsole.core.host.HostStore;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Which enclave on which parent host.
final class EnclaveOption {
    @Mixin
    private HostOption host;

    @Option(
            names = "--enclave",
            required = true,
            paramLabel = "ENCLAVE",
            description = "Name or id of a running enclave. On the sandbox the name demo launches the demo enclave.")
    private String enclave;

    /// A connected host with the enclave found, or launched, on it.
    record Found(HostSession host, NitroCli nitroCli, EnclaveInfo enclave) {}

    Found find(Session session) throws ConsoleException {
        HostSession connected = host.connect(session);
        NitroCli nitroCli = session.console().nitroCli(connected);
        return new Found(connected, nitroCli, resolve(session, nitroCli));
    }

    private EnclaveInfo resolve(Session session, NitroCli nitroCli) throws ConsoleException {
        if (!host.name().equalsIgnoreCase(HostStore.SANDBOX) || !enclave.equals(DemoEnclave.NAME)) {
            return nitroCli.require(enclave, session.context());
        }
        return DemoEnclave.ensure(nitroCli, session.context());
    }
}
