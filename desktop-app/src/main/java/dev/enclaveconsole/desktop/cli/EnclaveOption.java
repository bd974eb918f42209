package dev.enclaveconsole.desktop.cli;

import dev.enclaveconsole.core.enclave.EnclaveInfo;
import dev.enclaveconsole.core.enclave.EnclaveLifecycle;
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
    record Found(HostSession host, EnclaveLifecycle lifecycle, EnclaveInfo enclave) {}

    Found find(Session session) throws ConsoleException {
        HostSession connected = host.connect(session);
        EnclaveLifecycle lifecycle = session.console().lifecycle(connected);
        return new Found(connected, lifecycle, resolve(session, lifecycle));
    }

    private EnclaveInfo resolve(Session session, EnclaveLifecycle lifecycle) throws ConsoleException {
        if (!host.name().equalsIgnoreCase(HostStore.SANDBOX) || !enclave.equals(DemoEnclave.NAME)) {
            return lifecycle.nitroCli().require(enclave, session.context());
        }
        return DemoEnclave.ensure(lifecycle, session.context());
    }
}
