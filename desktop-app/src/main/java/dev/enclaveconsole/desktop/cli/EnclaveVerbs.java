package dev.enclaveconsole.desktop.cli;

import dev.enclaveconsole.core.enclave.EnclaveInfo;
import dev.enclaveconsole.core.enclave.LaunchRequest;
import dev.enclaveconsole.core.enclave.NitroCli;
import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.operation.OperationCancelledException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `enclave`: enclaves on a parent host.
@Command(
        name = "enclave",
        description = "Enclaves on a parent host.",
        subcommands = {
            EnclaveVerbs.Run.class,
            EnclaveVerbs.ListAll.class,
            EnclaveVerbs.ConsoleLog.class,
            EnclaveVerbs.Terminate.class,
            PublishVerb.class
        })
final class EnclaveVerbs extends VerbGroup {

    @Command(name = "run", description = "Launches an enclave.")
    static final class Run extends Verb {
        @Mixin
        private HostOption host;

        @Parameters(
                index = "0",
                defaultValue = DemoEnclave.NAME,
                paramLabel = "IMAGE",
                description = "Path of an EIF on the parent host, or the name of an image in"
                        + " ~/.enclave-console/images there. ${DEFAULT-VALUE} if not given.")
        private String image;

        @Option(names = "--name", description = "The enclave's name; made from the image's if not given.")
        private Optional<String> name;

        @Option(
                names = "--cpus",
                defaultValue = "" + DemoEnclave.CPUS,
                description = "CPUs, ${DEFAULT-VALUE} if not given.")
        private int cpus;

        @Option(
                names = "--memory",
                defaultValue = "" + DemoEnclave.MEMORY_MIB,
                paramLabel = "MIB",
                description = "Memory in MiB, ${DEFAULT-VALUE} if not given.")
        private int memoryMib;

        @Option(
                names = "--debug",
                description = "Debug mode: the console log can be read, and the enclave can never be verified.")
        private boolean debug;

        @Override
        protected int run(Session session) throws ConsoleException {
            NitroCli nitroCli = session.console().nitroCli(host.connect(session));
            LaunchRequest request = new LaunchRequest(image, name, cpus, memoryMib, debug);
            session.context().report("Runs there: " + String.join(" ", nitroCli.runCommand(request)));
            EnclaveInfo enclave = nitroCli.run(request, session.context());
            session.output()
                    .answer(EnclaveView.of(enclave), EnclaveView.of(enclave).line());
            return ExitCode.DONE;
        }
    }

    @Command(name = "list", description = "Lists the enclaves that run.")
    static final class ListAll extends Verb {
        @Mixin
        private HostOption host;

        @Override
        protected int run(Session session) throws ConsoleException {
            List<EnclaveView> enclaves =
                    session.console().nitroCli(host.connect(session)).list(session.context()).stream()
                            .map(EnclaveView::of)
                            .toList();
            String text = enclaves.isEmpty()
                    ? "No enclave runs on " + host.name() + "."
                    : enclaves.stream().map(EnclaveView::line).collect(Collectors.joining("\n"));
            session.output().answer(Map.of("host", host.name(), "enclaves", enclaves), text);
            return ExitCode.DONE;
        }
    }

    @Command(
            name = "console",
            description =
                    "Prints the console log of a debug enclave until it ends or Ctrl-C is pressed. With --json the"
                            + " lines come at the end, in one document.")
    static final class ConsoleLog extends Verb {
        @Mixin
        private EnclaveOption target;

        @Override
        protected int run(Session session) throws ConsoleException {
            EnclaveOption.Found found = target.find(session);
            List<String> lines = new ArrayList<>();
            try {
                found.nitroCli().console(found.enclave().id(), line -> take(line, lines, session), session.context());
            } catch (OperationCancelledException e) {
                session.output().progress("Stopped listening. The enclave runs on.");
            }
            session.output().answer(Map.of("enclave", EnclaveView.of(found.enclave()), "lines", lines), "");
            return ExitCode.DONE;
        }

        private static void take(String line, List<String> lines, Session session) {
            session.output().line(line);
            if (session.output().json()) {
                lines.add(line);
            }
        }
    }

    @Command(name = "terminate", description = "Ends an enclave. What it held in memory is gone.")
    static final class Terminate extends Verb {
        @Mixin
        private HostOption host;

        @Option(
                names = "--enclave",
                required = true,
                paramLabel = "ENCLAVE",
                description = "Name or id of a running enclave.")
        private String enclave;

        @Override
        protected int run(Session session) throws ConsoleException {
            NitroCli nitroCli = session.console().nitroCli(host.connect(session));
            EnclaveInfo found = nitroCli.require(enclave, session.context());
            session.context().report("Runs there: " + String.join(" ", nitroCli.terminateCommand(found.id())));
            nitroCli.terminate(found.id(), session.context());
            session.output().answer(Map.of("terminated", found.id(), "name", found.name()), "Terminated " + found.id());
            return ExitCode.DONE;
        }
    }
}
