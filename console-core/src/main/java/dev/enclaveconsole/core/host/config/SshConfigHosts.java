package dev.enclaveconsole.core.host.config;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.host.HostEntry;
import dev.enclaveconsole.core.host.SshHop;
import dev.enclaveconsole.core.host.SshOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes parent hosts of what an [SshConfig] says: `HostName`, `Port`, `User`, `IdentityFile`, `IdentitiesOnly`,
/// `HostKeyAlias`, `ProxyJump` (several, and jumps that have jumps of their own) and `ProxyCommand`.
public final class SshConfigHosts {
    private static final int LONGEST_ROUTE = 8;

    private final SshConfig config;

    public SshConfigHosts(SshConfig config) {
        this.config = config;
    }

    /// Names that the configuration gives without wildcards, in their order.
    public List<String> names() {
        return config.names();
    }

    /// @param name as on ssh's command line; does not have to stand in the file
    /// @throws ConsoleException `ssh-config.route`, `ssh-config.value`
    public HostEntry entry(String name) throws ConsoleException {
        SshHop hop = hop(name, Optional.empty(), Optional.empty());
        List<SshHop> jumps = jumps(name, 0);
        List<Path> identities = hop.identities();
        SshOptions options = new SshOptions(
                identities.isEmpty() ? List.of() : identities.subList(1, identities.size()),
                hop.identitiesOnly(),
                jumps,
                jumps.isEmpty() ? hop.proxyCommand() : Optional.empty(),
                hop.hostKeyName());
        return new HostEntry(
                name, hop.address(), hop.port(), hop.user(), identities.stream().findFirst(), false, options);
    }

    /// The nearest first. Only the nearest may have jumps of its own, as for `ssh -J`. A host is no jump to itself, so
    /// that `Host *` may name one for all.
    private List<SshHop> jumps(String name, int depth) throws ConsoleException {
        String value = config.values(name).first("proxyjump", "none");
        if (value.equalsIgnoreCase("none")) {
            return List.of();
        }
        if (depth == LONGEST_ROUTE) {
            throw new ConsoleException(Problem.usage(
                    "ssh-config.route",
                    "The way to " + name + " cannot be read from the SSH configuration.",
                    "Its ProxyJump leads in a circle or over more than " + LONGEST_ROUTE + " hosts.",
                    "Correct ProxyJump in the file."));
        }
        List<SshHop> route = new ArrayList<>();
        for (String text : List.of(value.split(","))) {
            Jump jump = Jump.parse(text.strip());
            if (jump.name().equals(name)) {
                continue;
            }
            if (route.isEmpty()) {
                route.addAll(jumps(jump.name(), depth + 1));
            }
            route.add(hop(jump.name(), jump.user(), jump.port()));
        }
        return route;
    }

    private SshHop hop(String name, Optional<String> user, Optional<Integer> port) throws ConsoleException {
        SshConfig.Values values = config.values(name);
        String address = Tokens.hostName(values.first("hostname", name), name);
        String login = user.orElse(values.first("user", config.localUser()));
        int number = port.isPresent() ? port.get() : port(values.first("port", "22"), name);
        Tokens tokens = new Tokens(name, address, number, login, config.localUser(), config.home());
        String command = values.first("proxycommand", "none");
        return new SshHop(
                name,
                address,
                number,
                login,
                values.all("identityfile")
                        .filter(file -> !file.equalsIgnoreCase("none"))
                        .map(tokens::path)
                        .distinct()
                        .toList(),
                values.isYes("identitiesonly"),
                command.equalsIgnoreCase("none") ? Optional.empty() : Optional.of(command),
                values.all("hostkeyalias").findFirst());
    }

    private static int port(String text, String name) throws ConsoleException {
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65535 || Integer.parseInt(text) == 0) {
            throw new ConsoleException(Problem.usage(
                    "ssh-config.value",
                    "The port of " + name + " cannot be read from the SSH configuration.",
                    "It says " + text + ".",
                    "Correct it in the file."));
        }
        return Integer.parseInt(text);
    }

    /// `[user@]host[:port]`, also as `ssh://…`.
    private record Jump(String name, Optional<String> user, Optional<Integer> port) {
        static Jump parse(String text) throws ConsoleException {
            String rest = text.replaceFirst("^ssh://", "");
            int at = rest.lastIndexOf('@');
            Optional<String> user = at < 0 ? Optional.empty() : Optional.of(rest.substring(0, at));
            rest = rest.substring(at + 1);
            int colon = rest.lastIndexOf(':');
            boolean bareIpv6 = !rest.startsWith("[") && rest.indexOf(':') != colon;
            if (colon < 0 || bareIpv6 || rest.endsWith("]")) {
                return new Jump(rest.replaceAll("[\\[\\]]", ""), user, Optional.empty());
            }
            String name = rest.substring(0, colon).replaceAll("[\\[\\]]", "");
            return new Jump(name, user, Optional.of(SshConfigHosts.port(rest.substring(colon + 1), name)));
        }
    }
}
