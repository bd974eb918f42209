package dev.enclaveconsole.desktop.cli;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.host.HostSession;
import dev.enclaveconsole.core.host.LinkState;
import dev.enclaveconsole.core.host.Tunnel;
import dev.enclaveconsole.core.host.TunnelSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `host tunnel`: ports of this computer that lead to addresses as the host sees them.
@Command(
        name = "tunnel",
        description = {
            "Opens ports on 127.0.0.1 that lead to the host, until Ctrl-C.",
            "They survive a broken connection: it is made anew, and connections wait for it."
        })
final class HostTunnelVerb extends Verb {
    @Parameters(index = "0", paramLabel = "NAME", description = "A host of the list, or sandbox.")
    private String name;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "TUNNEL",
            description = "LOCAL:REMOTE, such as 8888:80; LOCAL:HOST:REMOTE for another host that this one reaches; or"
                    + " only REMOTE for any free port.")
    private List<String> tunnels;

    @Override
    protected int run(Session session) throws ConsoleException {
        List<TunnelSpec> specs = new ArrayList<>();
        for (String text : tunnels) {
            specs.add(TunnelSpec.parse(text));
        }
        HostSession host = session.connect(name);
        for (TunnelSpec spec : specs) {
            host.tunnels().open(spec);
        }
        host.onState(state -> session.output().progress(words(state)));
        host.onClosed(session.context()::cancel);
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("host", host.entry().name());
        document.put(
                "tunnels",
                host.tunnels().list().stream().map(HostTunnelVerb::document).toList());
        session.output()
                .answer(
                        document,
                        host.tunnels().list().stream()
                                        .map(tunnel -> "127.0.0.1:" + tunnel.spec())
                                        .collect(Collectors.joining("\n"))
                                + "\nEvery program of this computer can use them. Ctrl-C ends them.");
        session.context().awaitCancel();
        boolean lost = host.state() == LinkState.CLOSED;
        host.tunnels().list().forEach(tunnel -> session.output().progress(summary(tunnel)));
        return lost ? ExitCode.FAILED : ExitCode.DONE;
    }

    private static Map<String, Object> document(Tunnel tunnel) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("localPort", tunnel.spec().localPort());
        document.put("remoteHost", tunnel.spec().remoteHost());
        document.put("remotePort", tunnel.spec().remotePort());
        document.put("state", tunnel.state());
        return document;
    }

    private String words(LinkState state) {
        return switch (state) {
            case CONNECTED -> "The connection to " + name + " is back.";
            case RECONNECTING -> "The connection to " + name + " broke; it is being made anew.";
            case CLOSED -> "The connection to " + name + " has ended.";
        };
    }

    private static String summary(Tunnel tunnel) {
        return tunnel.spec() + ": " + tunnel.sent() + " bytes sent, " + tunnel.received() + " received"
                + tunnel.lastProblem().map(problem -> "; " + problem).orElse("");
    }
}
