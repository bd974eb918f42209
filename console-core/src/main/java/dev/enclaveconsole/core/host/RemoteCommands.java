package dev.enclaveconsole.core.host;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.operation.OperationContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import net.schmizz.sshj.connection.channel.direct.Session;
import net.schmizz.sshj.connection.channel.direct.Signal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs commands, each on a channel of its own, standard output and error apart and both read at the same time.
final class RemoteCommands {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteCommands.class);
    private static final int CAPTURED_BYTES = 32 << 20;

    private final HostEntry host;
    private final SshLink link;
    private final CommandRecorder recorder;

    RemoteCommands(HostEntry host, SshLink link, CommandRecorder recorder) {
        this.host = host;
        this.link = link;
        this.recorder = recorder;
    }

    CommandResult run(List<String> command, OperationContext context) throws ConsoleException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        return execute(command, in -> capture(in, out), out, context);
    }

    CommandResult stream(List<String> command, Consumer<String> onLine, OperationContext context)
            throws ConsoleException {
        return execute(command, in -> LineReader.read(in, onLine), new ByteArrayOutputStream(), context);
    }

    private interface Drain {
        void drain(InputStream in) throws IOException;
    }

    private CommandResult execute(
            List<String> command, Drain stdout, ByteArrayOutputStream captured, OperationContext context)
            throws ConsoleException {
        context.checkCancelled();
        String line = ShellLine.of(command);
        CommandRecorder.Recording recording = recorder.started(line);
        try {
            Session.Command running = link.session(context).exec(line);
            ChannelPipe out = new ChannelPipe(running.getInputStream());
            ChannelPipe errorOut = new ChannelPipe(running.getErrorStream());
            try (OperationContext.Registration _ = context.onCancel(() -> giveUp(out, errorOut))) {
                ByteArrayOutputStream err = new ByteArrayOutputStream();
                Thread errors = Thread.startVirtualThread(() -> drainQuietly(errorOut, err));
                stdout.drain(out);
                errors.join();
                context.checkCancelled();
                running.join(30, TimeUnit.SECONDS);
                int code = exitCode(running);
                CommandResult result = new CommandResult(
                        line, code, captured.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
                recording.ended(result);
                return result;
            } finally {
                giveUp(out, errorOut);
                giveUp(running);
            }
        } catch (IOException e) {
            context.checkCancelled();
            throw new ConsoleException(ConnectProblems.lost(host.name(), e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConsoleException(ConnectProblems.lost(host.name(), e), e);
        } finally {
            recording.brokenUnlessEnded();
        }
    }

    private static int exitCode(Session.Command ended) throws IOException {
        Integer exit = ended.getExitStatus();
        if (exit != null) {
            return exit;
        }
        Signal signal = ended.getExitSignal();
        if (signal == null) {
            throw new IOException("The command ended without an exit code.");
        }
        return 128 + signalNumber(signal);
    }

    private static void capture(InputStream in, ByteArrayOutputStream out) throws IOException {
        byte[] buffer = new byte[16 * 1024];
        int n;
        while ((n = in.read(buffer, 0, buffer.length)) > 0) {
            out.write(buffer, 0, Math.min(n, CAPTURED_BYTES - out.size()));
        }
    }

    private static void drainQuietly(InputStream in, ByteArrayOutputStream out) {
        try {
            capture(in, out);
        } catch (IOException e) {
            LOG.debug("standard error of a command broke off: {}", e.getMessage());
        }
    }

    private static void giveUp(ChannelPipe out, ChannelPipe errors) {
        out.close();
        errors.close();
    }

    /// Closing a channel waits for the host, which waits for the command: nobody has to watch that. A command that
    /// still runs is asked to end.
    private static void giveUp(Session.Command command) {
        Thread.startVirtualThread(() -> {
            try {
                if (command.isOpen() && command.getExitStatus() == null) {
                    command.signal(Signal.TERM);
                }
                command.close();
            } catch (IOException e) {
                LOG.debug("giving up a channel: {}", e.getMessage());
            }
        });
    }

    private static int signalNumber(Signal signal) {
        return switch (signal) {
            case HUP -> 1;
            case INT -> 2;
            case QUIT -> 3;
            case ILL -> 4;
            case ABRT -> 6;
            case FPE -> 8;
            case KILL -> 9;
            case SEGV -> 11;
            case PIPE -> 13;
            case ALRM -> 14;
            case TERM -> 15;
            case USR1 -> 10;
            case USR2 -> 12;
            case UNKNOWN -> 0;
        };
    }
}
