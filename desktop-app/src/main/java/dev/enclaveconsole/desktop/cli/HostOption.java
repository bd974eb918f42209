package dev.enclaveconsole.desktop.cli;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.host.HostSession;
import picocli.CommandLine.Option;

/// On which parent host.
final class HostOption {
    @Option(
            names = "--host",
            required = true,
            paramLabel = "HOST",
            description = "Name of a parent host, see: console host list. The name sandbox means the one on this"
                    + " computer, started for the length of the call if none runs.")
    private String host;

    String name() {
        return host;
    }

    HostSession connect(Session session) throws ConsoleException {
        return session.connect(host);
    }
}
