package dev.enclaveconsole.sandbox.ssh;

import dev.enclaveconsole.sandbox.process.Janitor;
import dev.enclaveconsole.sandbox.process.ProcessGroup;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.Signal;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;

/// One command of the user: `/bin/sh -c` in the home folder, three separate streams, no terminal.
///
/// As with OpenSSH, end of file is told to the client when the command has closed both its outputs, the command's input
/// ends when the
/// client's does, the exit code follows when all output was sent, and a closed channel ends the command's whole process
/// group.
final class ExecCommand implements Command {

    private static final int BUFFER_BYTES = 32 * 1024;
    private static final long GRACE_MILLIS = 1_000;
    /// How long a client may take to read the rest of a finished command's output before its exit code is sent.
    private static final long OUTPUT_MILLIS = 15_000;

    private final String line;
    private final Account account;
    private final Map<String, String> login;
    private final Janitor janitor;
    private final CountDownLatch outputsEnded = new CountDownLatch(2);
    private InputStream input = InputStream.nullInputStream();
    private OutputStream output = OutputStream.nullOutputStream();
    private OutputStream errors = OutputStream.nullOutputStream();
    private @Nullable ExitCallback exit;
    private volatile @Nullable ProcessGroup group;

    ExecCommand(String line, Account account, Map<String, String> login, Janitor janitor) {
        this.line = line;
        this.account = account;
        this.login = login;
        this.janitor = janitor;
    }

    @Override
    public void setInputStream(InputStream in) {
        input = in;
    }

    @Override
    public void setOutputStream(OutputStream out) {
        output = out;
    }

    @Override
    public void setErrorStream(OutputStream err) {
        errors = err;
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
        exit = callback;
    }

    @Override
    public void start(ChannelSession channel, Environment requested) throws IOException {
        Map<String, String> environment = new HashMap<>(account.environment());
        environment.putAll(login);
        requested.getEnv().forEach((name, value) -> {
            if (name.equals("LANG") || name.startsWith("LC_")) {
                environment.put(name, value);
            }
        });
        ProcessGroup started = ProcessGroup.start(List.of("/bin/sh", "-c", line), environment, account.home());
        group = started;
        janitor.add(started);
        requested.addSignalListener((_, signal) -> signal(started, signal.name()), EnumSet.allOf(Signal.class));
        Process process = started.process();
        pump("stdin", input, process.getOutputStream(), true, null);
        pump("stdout", process.getInputStream(), output, false, outputsEnded);
        pump("stderr", process.getErrorStream(), errors, false, outputsEnded);
        thread("ends").start(() -> tellEndOfOutput(channel));
        thread("exit").start(() -> awaitExit(started));
    }

    /// Returns at once: the server's threads have other channels to serve.
    @Override
    public void destroy(ChannelSession channel) {
        ProcessGroup running = group;
        if (running != null && running.isAlive()) {
            thread("end").start(() -> end(running));
        }
    }

    private static void end(ProcessGroup running) {
        try {
            running.end(GRACE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (IOException _) {
            // The group is gone.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void tellEndOfOutput(ChannelSession channel) {
        try {
            outputsEnded.await();
            if (channel instanceof SessionChannel session) {
                session.endOutput();
            }
        } catch (IOException _) {
            // The channel is closed: the client needs no end of file.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitExit(ProcessGroup started) {
        try {
            int code = started.process().waitFor();
            outputsEnded.await(OUTPUT_MILLIS, TimeUnit.MILLISECONDS);
            janitor.remove(started);
            ExitCallback callback = exit;
            if (callback != null) {
                callback.onExit(code);
            }
        } catch (IOException _) {
            // The janitor is gone, so is the sandbox.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pump(
            String name, InputStream from, OutputStream to, boolean close, @Nullable CountDownLatch ended) {
        thread(name).start(() -> {
            try {
                byte[] buffer = new byte[BUFFER_BYTES];
                for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
                    to.write(buffer, 0, count);
                    to.flush();
                }
            } catch (IOException _) {
                // One side is gone; closing what is left tells the other.
            } finally {
                if (close) {
                    closeQuietly(to);
                }
                if (ended != null) {
                    ended.countDown();
                }
            }
        });
    }

    private static void signal(ProcessGroup group, String name) {
        try {
            group.signal(name);
        } catch (IOException _) {
            // The group is gone.
        }
    }

    private static void closeQuietly(OutputStream stream) {
        try {
            stream.close();
        } catch (IOException _) {
            // The process has closed its input before.
        }
    }

    private static Thread.Builder thread(String name) {
        return Thread.ofPlatform().daemon().name("ssh-exec-" + name);
    }
}
