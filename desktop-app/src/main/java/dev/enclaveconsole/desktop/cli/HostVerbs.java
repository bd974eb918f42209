package dev.enclaveconsole.desktop.cli;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.host.HostEntry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `host`: the list of parent hosts.
@Command(
        name = "host",
        description = "Parent hosts: EC2 instances that run enclaves, reached by SSH.",
        subcommands = {
            HostVerbs.Add.class,
            HostImportVerb.class,
            HostVerbs.ListAll.class,
            HostTestVerb.class,
            HostDoctorVerb.class,
            HostFixVerb.class,
            HostTunnelVerb.class,
            HostRunVerb.class,
            HostCopyVerbs.Upload.class,
            HostCopyVerbs.Download.class,
            HostVerbs.Remove.class
        })
final class HostVerbs extends VerbGroup {

    @Command(name = "add", description = "Adds a parent host to the list.")
    static final class Add extends Verb {
        @Parameters(index = "0", paramLabel = "NAME", description = "What to call it.")
        private String name;

        @Option(names = "--address", required = true, paramLabel = "ADDRESS", description = "Host name or IP address.")
        private String address;

        @Option(names = "--port", defaultValue = "22", description = "SSH port, ${DEFAULT-VALUE} if not given.")
        private int port;

        @Option(names = "--user", defaultValue = "ec2-user", description = "SSH user, ${DEFAULT-VALUE} if not given.")
        private String user;

        @Option(names = "--identity", paramLabel = "FILE", description = "Private key file.")
        private Optional<Path> identity;

        @Option(
                names = "--allow-untrusted",
                description = "Accept enclaves there that run in debug mode or cannot be traced to AWS's root. For"
                        + " learning and testing, never for confidential data.")
        private boolean allowUntrusted;

        @Override
        protected int run(Session session) throws ConsoleException {
            HostEntry entry = new HostEntry(
                    name,
                    address,
                    port,
                    user,
                    identity.map(p -> p.toAbsolutePath().normalize()),
                    allowUntrusted);
            session.console().hosts().add(entry);
            session.output().answer(entry, "Added " + name + ". Try it with: console host test " + name);
            return ExitCode.DONE;
        }
    }

    @Command(name = "list", description = "Lists the parent hosts.")
    static final class ListAll extends Verb {
        @Override
        protected int run(Session session) throws ConsoleException {
            List<HostEntry> hosts = session.console().hosts().list();
            String text = hosts.isEmpty()
                    ? "No host has been added. Add one with: console host add NAME --address ADDRESS"
                    : hosts.stream().map(ListAll::line).collect(Collectors.joining("\n"));
            session.output().answer(Map.of("hosts", hosts), text);
            return ExitCode.DONE;
        }

        private static String line(HostEntry host) {
            return "%-20s %s@%s:%d%s"
                    .formatted(
                            host.name(),
                            host.user(),
                            host.address(),
                            host.port(),
                            host.allowUntrusted() ? "  accepts untrusted enclaves" : "");
        }
    }

    @Command(name = "remove", description = "Removes a parent host from the list. Nothing changes on the host.")
    static final class Remove extends Verb {
        @Parameters(index = "0", paramLabel = "NAME", description = "A host of the list.")
        private String name;

        @Override
        protected int run(Session session) throws ConsoleException {
            HostEntry entry = session.console().hosts().require(name);
            session.console().hosts().remove(entry.name());
            session.output().answer(Map.of("removed", entry.name()), "Removed " + entry.name() + " from the list.");
            return ExitCode.DONE;
        }
    }
}
