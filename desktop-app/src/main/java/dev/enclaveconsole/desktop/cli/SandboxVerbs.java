package dev.enclaveconsole.desktop.cli;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.sandbox.RunningSandbox;
import dev.enclaveconsole.sandbox.SandboxHost;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `sandbox`: a parent host on this computer.
@Command(
        name = "sandbox",
        description = "A parent host on this computer, to learn and to test on. Nothing in it is confidential.",
        subcommands = SandboxVerbs.Start.class)
final class SandboxVerbs extends VerbGroup {

    @Command(name = "start", description = "Runs the sandbox until Ctrl-C; other commands then find it.")
    static final class Start extends Verb {
        @Option(
                names = "--bare",
                description = "Nothing is installed for enclaves yet, as on an instance just launched; see: console"
                        + " host doctor sandbox")
        private boolean bare;

        @Override
        protected int run(Session session) throws ConsoleException {
            Optional<RunningSandbox> running = SandboxHost.findRunning();
            if (running.isPresent()) {
                throw new ConsoleException(Problem.failed(
                        "sandbox.running",
                        "A sandbox runs already, in process " + running.get().pid() + ".",
                        "",
                        "Use it as --host sandbox, or end it first."));
            }
            RunningSandbox sandbox = Sandboxes.start(session, bare);
            Path knownHosts = Sandboxes.knownHosts(sandbox);
            String ssh =
                    "ssh -p %d -i '%s' -o UserKnownHostsFile='%s' -o IdentitiesOnly=yes %s@127.0.0.1 'nitro-cli describe-enclaves'"
                            .formatted(sandbox.port(), sandbox.identityFile(), knownHosts, sandbox.user());
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("host", "sandbox");
            document.put("address", "127.0.0.1");
            document.put("port", sandbox.port());
            document.put("user", sandbox.user());
            document.put("identityFile", sandbox.identityFile().toString());
            document.put("knownHosts", knownHosts.toString());
            document.put("pid", sandbox.pid());
            document.put("ssh", ssh);
            session.output()
                    .answer(
                            document,
                            "The sandbox runs. Use it as --host sandbox, or by plain ssh, without a terminal:\n  " + ssh
                                    + "\nCtrl-C ends it with all its enclaves.");
            session.context().awaitCancel();
            session.output().progress("Ending the sandbox.");
            return ExitCode.DONE;
        }
    }
}
