package dev.enclaveconsole.core.host;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.operation.OperationContext;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tries the way to a host step by step: `resolve`, `connect`, `host key` and `auth` for each hop, then `exec` and
/// `sftp`. The time that a person took to answer questions counts for the step that asked.
public final class HostProbe implements AutoCloseable {
    /// @param hop which server it was about
    /// @param detail what was found; for the failed step, which is the last one, what went wrong
    public record Step(String hop, String name, boolean passed, Duration took, String detail) {}

    private final List<Step> steps = new ArrayList<>();
    private final HostEntry host;
    private @Nullable HostSession session;
    private @Nullable Problem problem;
    private String hop = "";
    private String running = "";
    private long startedNanos;

    private HostProbe(HostEntry host) {
        this.host = host;
    }

    /// A failure is part of the result.
    public static HostProbe run(
            HostEntry host,
            SshSettings settings,
            HostKeyDecider decider,
            PassphrasePrompt prompt,
            OperationContext context) {
        HostProbe probe = new HostProbe(host);
        try {
            probe.tryAll(settings, decider, prompt, context);
        } catch (ConsoleException e) {
            probe.problem = e.problem();
            probe.ended(false, e.problem().what());
        }
        return probe;
    }

    /// In the order in which they were tried.
    public List<Step> steps() {
        return List.copyOf(steps);
    }

    /// Why the last step failed, if it did.
    public Optional<Problem> problem() {
        return Optional.ofNullable(problem);
    }

    /// The session that was opened, to go on with.
    public Optional<HostSession> session() {
        return Optional.ofNullable(session);
    }

    private void tryAll(SshSettings settings, HostKeyDecider decider, PassphrasePrompt prompt, OperationContext context)
            throws ConsoleException {
        HostSession opened = HostSession.connect(host, settings, decider, prompt, new Listener(), context);
        session = opened;
        started(host.name(), "exec");
        CommandResult system = opened.run(List.of("uname", "-srm"), context);
        ended(true, system.stdout().strip());
        started(host.name(), "sftp");
        try {
            ended(true, opened.sftpHome(context));
        } catch (IOException e) {
            throw new ConsoleException(noSftp(e), e);
        }
    }

    private Problem noSftp(IOException cause) {
        return Problem.failed(
                "host.no-sftp",
                "The host " + host.name() + " lets commands in, but no files by SFTP.",
                String.valueOf(cause.getMessage()),
                "Its sshd_config needs a line such as: Subsystem sftp internal-sftp");
    }

    private void started(String onHop, String step) {
        hop = onHop;
        running = step;
        startedNanos = System.nanoTime();
    }

    private void ended(boolean passed, String detail) {
        if (!running.isEmpty()) {
            Duration took = Duration.ofNanos(System.nanoTime() - startedNanos);
            steps.removeIf(s -> s.hop().equals(hop) && s.name().equals(running));
            steps.add(new Step(hop, running, passed, took, detail));
            running = "";
        }
    }

    @Override
    public void close() {
        HostSession open = session;
        if (open != null) {
            open.close();
        }
    }

    /// A hop whose key had to be asked about is connected to twice: the second time counts.
    private final class Listener implements ConnectListener {
        @Override
        public void started(String onHop, String step) {
            HostProbe.this.started(onHop, step);
        }

        @Override
        public void passed(String detail) {
            ended(true, detail);
        }
    }
}
