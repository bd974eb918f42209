package dev.enclaveconsole.desktop.cli;

import dev.enclaveconsole.core.enclave.EnclaveInfo;
import dev.enclaveconsole.core.enclave.EnclaveLifecycle;
import dev.enclaveconsole.core.enclave.LaunchRequest;
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
    static EnclaveInfo ensure(EnclaveLifecycle enclaves, OperationContext context) throws ConsoleException {
        Optional<EnclaveInfo> running = running(enclaves, context);
        return running.isPresent() ? running.get() : launch(enclaves, context);
    }

    static Optional<EnclaveInfo> running(EnclaveLifecycle enclaves, OperationContext context) throws ConsoleException {
        return enclaves.nitroCli().list(context).stream()
                .filter(e -> e.name().equals(NAME) && e.state() == EnclaveInfo.State.RUNNING && !e.debug())
                .findFirst();
    }

    static EnclaveInfo launch(EnclaveLifecycle enclaves, OperationContext context) throws ConsoleException {
        context.report("Launching the demo enclave");
        return enclaves.launch(new LaunchRequest(NAME, Optional.of(NAME), CPUS, MEMORY_MIB, false), context);
    }

    /// At the end of a verb, when nobody can act on a failure any more; the sandbox takes its enclaves with it anyway.
    static void terminateQuietly(EnclaveLifecycle enclaves, EnclaveInfo enclave) {
        try {
            enclaves.terminate(enclave, OperationContext.none());
        } catch (ConsoleException e) {
            LOG.info("{} was not terminated: {}", enclave.id(), e.problem().sentence());
        }
    }

    private DemoEnclave() {}
}
