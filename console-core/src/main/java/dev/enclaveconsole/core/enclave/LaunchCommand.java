package dev.enclaveconsole.core.enclave;

import java.util.ArrayList;
import java.util.List;

/// A launch as it runs on the host: alone, because the enclaves' boot signals share one port, and with the console of
/// a debug enclave captured before anything else happens.
///
/// The kernel holds the lock (`flock` on the folder of nitro-cli's sockets, which every user of nitro-cli can read)
/// and gives it back however the launch ends, so none is ever left behind.
final class LaunchCommand {
    /// Exit code when another launch holds the lock.
    static final int BUSY = 75;

    private static final String SCRIPT = """
            capture=$1; shift
            lock=${ENCLAVE_CONSOLE_HOST_ROOT:-}/run/nitro_enclaves
            [ -d "$lock" ] || lock=$HOME
            answer=$(flock -o -n -E %d "$lock" "$@")
            code=$?
            printf '%%s\\n' "$answer"
            if [ $code = 0 ] && [ "$capture" = capture ]; then
              id=$(printf '%%s' "$answer" | sed -n 's/.*"EnclaveID": *"\\([^"]*\\)".*/\\1/p')
              %s
            fi
            exit $code
            """.formatted(BUSY, ConsoleCapture.START);

    static List<String> of(List<String> runEnclave, boolean capture) {
        List<String> command = new ArrayList<>(List.of("sh", "-c", SCRIPT, "sh", capture ? "capture" : "plain"));
        command.addAll(runEnclave);
        return List.copyOf(command);
    }

    private LaunchCommand() {}
}
