package dev.enclaveconsole.core.enclave;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.host.RemoteShell;
import dev.enclaveconsole.core.operation.OperationContext;
import java.util.List;
import java.util.function.Consumer;

/// The console of a debug enclave, written on the host by a process of its own from the launch on, so that nothing is
/// lost while nobody is connected: `~/.enclave-console/consoles/ID.log`, at most 64 MiB, for thirty days.
final class ConsoleCapture {
    /// Part of a shell script; `$id` is the enclave's. Does nothing if the console is captured already.
    static final String START = """
            (
              umask 077
              mkdir -p "$HOME/.enclave-console/consoles" && cd "$HOME/.enclave-console/consoles" || exit 0
              find . -maxdepth 1 -type f -mtime +30 -exec rm -f {} +
              if [ -n "$id" ] && [ ! -e "$id.log" ]; then
                : >"$id.log"
                setsid sh -c '
                  (ulimit -f 131072; exec nitro-cli console --enclave-id "$1") >"$1.log" 2>"$1.err"
                  date +%s >"$1.end"
                ' sh "$id" </dev/null >/dev/null 2>&1 &
                echo $! >"$id.pid"
              fi
            )
            """;

    private static final String FOLLOW = """
            id=$1
            %s
            cd "$HOME/.enclave-console/consoles" || exit 1
            exec tail -c +1 -s 0.3 -f --pid="$(cat "$id.pid")" -- "$id.log"
            """.formatted(START);

    private static final String READ = """
            cd "$HOME/.enclave-console/consoles" 2>/dev/null || exit 0
            for try in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
              [ -e "$1.pid" ] && [ ! -e "$1.end" ] || break
              sleep 0.1
            done
            cat -- "$1.log" 2>/dev/null
            """;

    private final RemoteShell shell;

    ConsoleCapture(RemoteShell shell) {
        this.shell = shell;
    }

    /// Hands on all lines since the launch, then each as it comes; returns when the enclave has ended or the operation
    /// is cancelled. Starts the capture for an enclave that somebody launched without it.
    void follow(String id, Consumer<String> onLine, OperationContext context) throws ConsoleException {
        var _ = shell.stream(List.of("sh", "-c", FOLLOW, "sh", id), onLine, context);
    }

    /// Hands on what was captured of an enclave that has ended, waiting up to two seconds for its last lines; nothing
    /// if nothing was captured.
    void read(String id, Consumer<String> onLine, OperationContext context) throws ConsoleException {
        var _ = shell.stream(List.of("sh", "-c", READ, "sh", id), onLine, context);
    }
}
