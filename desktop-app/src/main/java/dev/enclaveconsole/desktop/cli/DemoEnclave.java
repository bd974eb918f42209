package dev.enclaveconsole.desktop.cli;

import dev.enclaveconsole.core.enclave.EnclaveInfo;
import dev.enclaveconsole.core.enclave.LaunchRequest;
import dev.enclaveconsole.core.enclave.NitroCli;
import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.operation.OperationContext;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The enclave that comes with the console.
final class DemoEnclave {
    private static final Logger LOG = LoggerFactory.getLogger(DemoEnclave.class);
    static final String NAME = "demo";
    static final int CPUS = 2;
    static final int MEMORY_MIB = 1024;

    /// The one that runs, or else a new one.
    static EnclaveInfo ensure(NitroCli nitroCli, OperationContext context) throws ConsoleException {
        Optional<EnclaveInfo> running = running(nitroCli, context);
        return running.isPresent() ? running.get() : launch(nitroCli, context);
    }

    static Optional<EnclaveInfo> running(NitroCli nitroCli, OperationContext context) throws ConsoleException {
        return nitroCli.list(context).stream()
                .filter(e -> e.name().equals(NAME) && e.state() == EnclaveInfo.State.RUNNING && !e.debug())
                .findFirst();
    }

    static EnclaveInfo launch(NitroCli nitroCli, OperationContext context) throws ConsoleException {
        context.report("Launching the demo enclave");
        return nitroCli.run(new LaunchRequest(NAME, Optional.of(NAME), CPUS, MEMORY_MIB, false), context);
    }

    /// At the end of a verb, when nobody can act on a failure any more; the sandbox takes its enclaves with it anyway.
    static void terminateQuietly(NitroCli nitroCli, EnclaveInfo enclave) {
        try {
            nitroCli.terminate(enclave.id(), OperationContext.none());
        } catch (ConsoleException e) {
            LOG.info("{} was not terminated: {}", enclave.id(), e.problem().sentence());
        }
    }

    private DemoEnclave() {}
}
