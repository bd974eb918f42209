package dev.enclaveconsole.desktop.cli;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.host.HostEntry;
import dev.enclaveconsole.core.host.HostStore;
import dev.enclaveconsole.core.host.SshHop;
import dev.enclaveconsole.core.host.config.SshConfigHosts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `host import`: takes hosts from OpenSSH's configuration.
@Command(
        name = "import",
        description = {
            "Adds hosts from ~/.ssh/config to the list.",
            "Without names, all that the file names without wildcards. HostName, Port, User, IdentityFile,"
                    + " IdentitiesOnly, HostKeyAlias, ProxyJump, ProxyCommand, Include and Match host are understood."
        })
final class HostImportVerb extends Verb {
    @Parameters(arity = "0..*", paramLabel = "NAME", description = "Hosts as ssh would be given them.")
    private List<String> names = List.of();

    @Option(names = "--from", paramLabel = "FILE", description = "Another file than ~/.ssh/config.")
    private Optional<Path> from;

    @Option(names = "--update", description = "Also replace hosts of the same name that are in the list already.")
    private boolean update;

    @Option(names = "--dry-run", description = "Only show what would be added.")
    private boolean dryRun;

    @Override
    protected int run(Session session) throws ConsoleException {
        SshConfigHosts config = session.console().sshConfig(from);
        List<HostEntry> imported = new ArrayList<>();
        Map<String, String> skipped = new LinkedHashMap<>();
        for (String name : names.isEmpty() ? config.names() : names) {
            try {
                HostEntry entry = config.entry(name);
                store(session.console().hosts(), entry);
                imported.add(entry);
            } catch (ConsoleException e) {
                if (!names.isEmpty()) {
                    throw e;
                }
                skipped.put(name, e.problem().what() + " " + e.problem().why());
            }
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("imported", imported);
        document.put("skipped", skipped);
        session.output().answer(document, text(imported, skipped));
        return ExitCode.DONE;
    }

    private void store(HostStore hosts, HostEntry entry) throws ConsoleException {
        if (dryRun) {
            return;
        }
        Optional<HostEntry> known = hosts.find(entry.name());
        if (update && known.isPresent()) {
            hosts.update(new HostEntry(
                    known.get().name(),
                    entry.address(),
                    entry.port(),
                    entry.user(),
                    entry.identityFile(),
                    known.get().allowUntrusted(),
                    entry.ssh()));
        } else {
            hosts.add(entry);
        }
    }

    private String text(List<HostEntry> imported, Map<String, String> skipped) {
        List<String> lines = new ArrayList<>();
        imported.forEach(host -> lines.add((dryRun ? "Would add " : "Added ") + describe(host)));
        skipped.forEach((name, why) -> lines.add("Skipped " + name + ": " + why.strip()));
        return lines.isEmpty() ? "The file names no host." : String.join("\n", lines);
    }

    private static String describe(HostEntry host) {
        String jumps = host.ssh().jumps().stream().map(SshHop::target).collect(Collectors.joining(", "));
        return host.name() + ": " + host.user() + "@" + host.address() + ":" + host.port()
                + (jumps.isEmpty() ? "" : " through " + jumps)
                + host.ssh().proxyCommand().map(command -> " by " + command).orElse("");
    }
}
