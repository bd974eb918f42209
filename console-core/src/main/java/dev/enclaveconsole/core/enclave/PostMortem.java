package dev.enclaveconsole.core.enclave;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.host.CommandResult;
import dev.enclaveconsole.core.host.RemoteShell;
import dev.enclaveconsole.core.operation.OperationContext;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Asks the host what became of an enclave that is no longer there.
final class PostMortem {
    private static final String CONSOLE = "== console";
    private static final String LOG = "== log";
    private static final String SCRIPT = """
            id=$1
            log=${ENCLAVE_CONSOLE_HOST_ROOT:-}/var/log/nitro_enclaves/nitro_enclaves.log
            cd "$HOME/.enclave-console/consoles" 2>/dev/null && cat -- "$id.end" 2>/dev/null
            echo '== console'
            [ -e "$id.log" ] && tail -n 40 -- "$id.log"
            echo '== log'
            grep -F -e "enc-${id##*-enc}" -e "enc${id##*-enc}" "$log" 2>/dev/null | tail -n 20
            exit 0
            """;

    private final RemoteShell shell;
    private final Clock clock;

    PostMortem(RemoteShell shell, Clock clock) {
        this.shell = shell;
        this.clock = clock;
    }

    EnclaveEnd examine(SavedEnclave enclave, OperationContext context) throws ConsoleException {
        CommandResult result = shell.run(List.of("sh", "-c", SCRIPT, "sh", enclave.id()), context);
        List<String> console = new ArrayList<>();
        List<String> log = new ArrayList<>();
        List<String> times = new ArrayList<>();
        List<String> section = times;
        for (String line : result.stdout().lines().toList()) {
            if (line.equals(CONSOLE)) {
                section = console;
            } else if (line.equals(LOG)) {
                section = log;
            } else {
                section.add(line);
            }
        }
        List<String> evidence = new ArrayList<>(console);
        evidence.addAll(log);
        return new EnclaveEnd(
                endedAt(times),
                EnclaveEnd.Kind.VANISHED,
                EndReason.of(enclave.debug(), console, log),
                String.join("\n", evidence));
    }

    private Instant endedAt(List<String> times) {
        return times.stream()
                .filter(time -> time.matches("\\d{1,12}"))
                .findFirst()
                .map(time -> Instant.ofEpochSecond(Long.parseLong(time)))
                .orElse(clock.instant());
    }
}
