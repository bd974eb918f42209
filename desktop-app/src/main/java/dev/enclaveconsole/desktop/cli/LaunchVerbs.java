package dev.enclaveconsole.desktop.cli;

import dev.enclaveconsole.core.enclave.EnclaveInfo;
import dev.enclaveconsole.core.enclave.EnclaveLifecycle;
import dev.enclaveconsole.core.enclave.LaunchPlan;
import dev.enclaveconsole.core.enclave.LaunchRequest;
import dev.enclaveconsole.core.failure.ConsoleException;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `enclave plan` and `enclave run`.
final class LaunchVerbs {

    /// What both verbs are told.
    static final class Wish {
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

        LaunchRequest request() {
            return new LaunchRequest(image, name, cpus, memoryMib, debug);
        }
    }

    @Command(
            name = "plan",
            description =
                    "Works out what a launch would take, or why it would fail and what would fit. Launches nothing.")
    static final class Plan extends Verb {
        @Mixin
        private HostOption host;

        @Mixin
        private Wish wish;

        @Override
        protected int run(Session session) throws ConsoleException {
            EnclaveLifecycle lifecycle = session.console().lifecycle(host.connect(session));
            LaunchPlan plan = lifecycle.plan(wish.request(), session.context());
            PlanView view = PlanView.of(plan);
            session.output().answer(view, view.text());
            return plan.launchable() ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    @Command(name = "run", description = "Launches an enclave. Waits while another launch runs on the host.")
    static final class Run extends Verb {
        private static final String DEBUG_BANNER = """
                ******************************************************************************
                  DEBUG MODE: the parent host can read this enclave's console, and its proof
                  is all zeros. It can never be verified: give it no confidential data.
                ******************************************************************************""";

        @Mixin
        private HostOption host;

        @Mixin
        private Wish wish;

        @Override
        protected int run(Session session) throws ConsoleException {
            EnclaveLifecycle lifecycle = session.console().lifecycle(host.connect(session));
            LaunchRequest request = wish.request();
            if (request.debug()) {
                session.output().progress(DEBUG_BANNER);
            }
            session.context()
                    .report("Runs there: "
                            + String.join(" ", lifecycle.nitroCli().runCommand(request)));
            EnclaveInfo enclave = lifecycle.launch(request, session.context());
            session.output()
                    .answer(EnclaveView.of(enclave), EnclaveView.of(enclave).line());
            return ExitCode.DONE;
        }
    }

    private LaunchVerbs() {}
}
