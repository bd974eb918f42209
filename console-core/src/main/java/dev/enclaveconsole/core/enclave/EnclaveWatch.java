package dev.enclaveconsole.core.enclave;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.host.RemoteShell;
import dev.enclaveconsole.core.operation.OperationContext;
import java.util.List;

/// Notices that enclaves come and go by the sockets that nitro-cli keeps for them, without calling nitro-cli. A sign
/// of life every ten seconds ends the loop on the host when nobody listens any more.
final class EnclaveWatch {
    private static final String CHANGED = "changed";
    private static final String SCRIPT = """
            cd "${ENCLAVE_CONSOLE_HOST_ROOT:-}/run/nitro_enclaves" 2>/dev/null || exit 0
            known=$(ls)
            while :; do
              for beat in 1 2 3 4 5; do
                sleep 2
                now=$(ls)
                if [ "$now" != "$known" ]; then known=$now; echo changed; fi
              done
              echo alive || exit 0
            done
            """;

    private final RemoteShell shell;

    EnclaveWatch(RemoteShell shell) {
        this.shell = shell;
    }

    /// Returns when the operation is cancelled, or at once where there are no such sockets.
    void run(Runnable onChange, OperationContext context) throws ConsoleException {
        var _ = shell.stream(
                List.of("sh", "-c", SCRIPT),
                line -> {
                    if (line.equals(CHANGED)) {
                        onChange.run();
                    }
                },
                context);
    }
}
