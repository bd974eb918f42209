package dev.enclaveconsole.desktop.cli;

import dev.enclaveconsole.core.enclave.EnclaveInfo;
import dev.enclaveconsole.core.enclave.EnclaveLifecycle;
import dev.enclaveconsole.core.enclave.NitroCli;
import dev.enclaveconsole.core.failure.ConsoleException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `enclave`: enclaves on a parent host.
@Command(
        name = "enclave",
        description = "Enclaves on a parent host.",
        subcommands = {
            LaunchVerbs.Plan.class,
            LaunchVerbs.Run.class,
            EnclaveVerbs.ListAll.class,
            ConsoleLogVerb.class,
            EnclaveVerbs.Terminate.class,
            PublishVerb.class,
            UnpublishVerb.class
        })
final class EnclaveVerbs extends VerbGroup {

    @Command(
            name = "list",
            description = "Lists the enclaves that run, and tells of those that are gone since the last time.")
    static final class ListAll extends Verb {
        @Mixin
        private HostOption host;

        @Option(
                names = "--saved",
                description = "All enclaves of the host that this computer remembers; asks the host nothing.")
        private boolean saved;

        @Override
        protected int run(Session session) throws ConsoleException {
            if (saved) {
                List<SavedView> known = session.console().consoles(host.name()).list().stream()
                        .map(SavedView::of)
                        .toList();
                session.output()
                        .answer(
                                Map.of("host", host.name(), "saved", known),
                                known.stream().map(SavedView::line).collect(Collectors.joining("\n")));
                return ExitCode.DONE;
            }
            EnclaveLifecycle.Listing listing =
                    session.console().lifecycle(host.connect(session)).list(session.context());
            List<EnclaveView> enclaves =
                    listing.running().stream().map(EnclaveView::of).toList();
            List<SavedView> vanished =
                    listing.vanished().stream().map(SavedView::of).toList();
            String running = enclaves.isEmpty()
                    ? "No enclave runs on " + host.name() + "."
                    : enclaves.stream().map(EnclaveView::line).collect(Collectors.joining("\n"));
            String gone = vanished.stream().map(v -> "\n" + v.line()).collect(Collectors.joining());
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("host", host.name());
            document.put("enclaves", enclaves);
            document.put("vanished", vanished);
            session.output().answer(document, running + gone);
            return ExitCode.DONE;
        }
    }

    @Command(name = "terminate", description = "Ends an enclave, or all. What it held in memory is gone.")
    static final class Terminate extends Verb {
        @Mixin
        private HostOption host;

        @ArgGroup(multiplicity = "1")
        private Which which = new Which();

        static final class Which {
            @Option(names = "--enclave", paramLabel = "ENCLAVE", description = "Name or id of a running enclave.")
            private Optional<String> enclave = Optional.empty();

            @Option(names = "--all", description = "All enclaves that run on the host, whoever launched them.")
            private boolean all;
        }

        @Override
        protected int run(Session session) throws ConsoleException {
            EnclaveLifecycle lifecycle = session.console().lifecycle(host.connect(session));
            NitroCli nitroCli = lifecycle.nitroCli();
            if (which.all) {
                session.context().report("Runs there: " + String.join(" ", nitroCli.terminateAllCommand()));
                List<EnclaveView> ended = lifecycle.terminateAll(session.context()).stream()
                        .map(EnclaveView::of)
                        .toList();
                session.output()
                        .answer(
                                Map.of("terminated", ended),
                                ended.isEmpty()
                                        ? "No enclave ran on " + host.name() + "."
                                        : ended.stream()
                                                .map(e -> "Terminated " + e.id())
                                                .collect(Collectors.joining("\n")));
                return ExitCode.DONE;
            }
            EnclaveInfo found = nitroCli.require(which.enclave.orElseThrow(), session.context());
            session.context().report("Runs there: " + String.join(" ", nitroCli.terminateCommand(found.id())));
            lifecycle.terminate(found, session.context());
            session.output().answer(Map.of("terminated", found.id(), "name", found.name()), "Terminated " + found.id());
            return ExitCode.DONE;
        }
    }
}
