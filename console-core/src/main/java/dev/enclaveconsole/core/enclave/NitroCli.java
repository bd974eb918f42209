package dev.enclaveconsole.core.enclave;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.host.RemoteShell;
import dev.enclaveconsole.core.operation.OperationContext;
import dev.enclaveconsole.protocol.eif.Measurements;
import java.util.List;
import java.util.function.Consumer;

/// `nitro-cli` of a parent host. Failures are Problems `nitro.E…` with what AWS's code means and what to do.
@SuppressWarnings("DoNotCallSuggester")
public final class NitroCli {
    private final RemoteShell shell;

    public NitroCli(RemoteShell shell) {
        this.shell = shell;
    }

    /// What [#run] will execute, for display.
    public List<String> runCommand(LaunchRequest request) {
        throw new UnsupportedOperationException();
    }

    /// What [#terminate] will execute, for display.
    public List<String> terminateCommand(String id) {
        throw new UnsupportedOperationException();
    }

    /// Launches an enclave; returns when nitro-cli says that it has booted.
    public EnclaveInfo run(LaunchRequest request, OperationContext context) throws ConsoleException {
        throw new UnsupportedOperationException();
    }

    public List<EnclaveInfo> list(OperationContext context) throws ConsoleException {
        throw new UnsupportedOperationException();
    }

    /// By id or name.
    ///
    /// @throws ConsoleException `enclave.unknown`, naming those that run
    public EnclaveInfo require(String idOrName, OperationContext context) throws ConsoleException {
        throw new UnsupportedOperationException();
    }

    public void terminate(String id, OperationContext context) throws ConsoleException {
        throw new UnsupportedOperationException();
    }

    /// Hands on the console of a debug enclave line by line; returns when the enclave ends or the operation is
    /// cancelled.
    public void console(String id, Consumer<String> onLine, OperationContext context) throws ConsoleException {
        throw new UnsupportedOperationException();
    }

    /// @param path an EIF on the parent host, or an image name as in [LaunchRequest]
    public Measurements describeImage(String path, OperationContext context) throws ConsoleException {
        throw new UnsupportedOperationException();
    }

    RemoteShell shell() {
        return shell;
    }
}
