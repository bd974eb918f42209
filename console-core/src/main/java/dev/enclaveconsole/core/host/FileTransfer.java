package dev.enclaveconsole.core.host;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.operation.OperationContext;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import net.schmizz.sshj.connection.channel.direct.Session;
import net.schmizz.sshj.connection.channel.direct.SessionFactory;
import net.schmizz.sshj.sftp.Response;
import net.schmizz.sshj.sftp.SFTPClient;
import net.schmizz.sshj.sftp.SFTPEngine;
import net.schmizz.sshj.sftp.SFTPException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Moves one file by SFTP. A connection that breaks is waited for, and the transfer goes on where it was.
final class FileTransfer {
    private static final Logger LOG = LoggerFactory.getLogger(FileTransfer.class);

    /// Over longer ways one channel of OpenSSH's server, whose window is 2 MiB, does not fill the line.
    private static final Duration NEAR = Duration.ofMillis(5);
    private static final int FAR_CHANNELS = 4;
    private static final int REQUESTS = 64;
    private static final int CHUNK_BYTES = 32 * 1024;
    private static final int FRUITLESS_ATTEMPTS = 3;

    private final SshLink link;
    private final OperationContext context;
    private int resumed;

    FileTransfer(SshLink link, OperationContext context) {
        this.link = link;
        this.context = context;
    }

    /// How often the connection broke and the transfer went on.
    int resumed() {
        return resumed;
    }

    String home() throws IOException, ConsoleException {
        try (SFTPEngine sftp = engine()) {
            return sftp.canonicalize(".");
        }
    }

    /// Missing folders are created.
    void upload(Path file, String remote) throws IOException, ConsoleException {
        try (FileChannel local = FileChannel.open(file, StandardOpenOption.READ)) {
            SftpSegments segments = new SftpSegments("Uploading " + file.getFileName(), local.size(), context);
            repeat(segments, () -> {
                prepare(remote);
                work(segments, local, (worker) -> worker.upload(remote, context));
            });
        }
    }

    void download(String remote, Path file) throws IOException, ConsoleException {
        long size = size(remote);
        try (FileChannel local =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ)) {
            local.truncate(size);
            SftpSegments segments = new SftpSegments("Downloading " + remote, size, context);
            repeat(segments, () -> work(segments, local, worker -> worker.download(remote, context)));
        }
    }

    private interface Attempt {
        void run() throws IOException, ConsoleException;
    }

    private interface Job {
        void run(SftpWorker worker) throws IOException;
    }

    private void repeat(SftpSegments segments, Attempt attempt) throws IOException, ConsoleException {
        int fruitless = 0;
        while (true) {
            long before = segments.done();
            SshConnection connection = link.connection(context);
            try {
                attempt.run();
                return;
            } catch (IOException e) {
                context.checkCancelled();
                fruitless = segments.done() > before ? 1 : fruitless + 1;
                if (isFinal(e) || fruitless >= FRUITLESS_ATTEMPTS) {
                    throw e;
                }
                LOG.debug("a transfer broke off after {} bytes: {}", segments.done(), e.getMessage());
                segments.restart();
                context.report("The connection broke; the transfer goes on when it is back");
                link.doubt(connection);
                link.connection(context);
                resumed++;
            }
        }
    }

    /// What the server or this computer's disk says stays true after reconnecting.
    private static boolean isFinal(IOException e) {
        return e instanceof FileSystemException
                || e instanceof EOFException
                || (e instanceof SFTPException sftp
                        && sftp.getStatusCode() != Response.StatusCode.UNKNOWN
                        && sftp.getStatusCode() != Response.StatusCode.NO_CONNECTION
                        && sftp.getStatusCode() != Response.StatusCode.CONNECITON_LOST);
    }

    private void prepare(String remote) throws IOException, ConsoleException {
        try (SFTPClient sftp = new SFTPClient(engine())) {
            int slash = remote.lastIndexOf('/');
            if (slash > 0) {
                sftp.mkdirs(remote.substring(0, slash));
            }
        }
    }

    private long size(String remote) throws IOException, ConsoleException {
        try (SFTPEngine sftp = engine()) {
            return sftp.stat(remote).getSize();
        }
    }

    /// One worker here, further ones on threads of their own; the first failure ends them all.
    private void work(SftpSegments segments, FileChannel local, Job job) throws IOException, ConsoleException {
        boolean near = link.connection(context).roundTrip().compareTo(NEAR) <= 0;
        int workers = near ? 1 : FAR_CHANNELS;
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        List<SFTPEngine> engines = new CopyOnWriteArrayList<>();
        try (OperationContext.Registration _ = context.onCancel(() -> engines.forEach(FileTransfer::closeQuietly))) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                SFTPEngine engine = engine();
                engines.add(engine);
                SftpWorker worker = new SftpWorker(engine, local, segments, REQUESTS, CHUNK_BYTES);
                threads.add(Thread.startVirtualThread(() -> {
                    try {
                        job.run(worker);
                    } catch (IOException | RuntimeException e) {
                        if (failure.compareAndSet(null, e)) {
                            engines.forEach(FileTransfer::closeQuietly);
                        }
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            engines.forEach(FileTransfer::closeQuietly);
        }
        context.checkCancelled();
        Exception failed = failure.get();
        if (failed != null) {
            throw failed instanceof IOException known ? known : new IOException(failed);
        }
        if (!segments.complete()) {
            throw new IOException("The transfer ended early.");
        }
    }

    private SFTPEngine engine() throws IOException, ConsoleException {
        Session session = link.session(context);
        return new SFTPEngine(new One(session)).init();
    }

    private static void closeQuietly(SFTPEngine engine) {
        Thread.startVirtualThread(() -> {
            try {
                engine.close();
            } catch (IOException e) {
                LOG.debug("closing SFTP: {}", e.getMessage());
            }
        });
    }

    /// Hands out one channel that is open already.
    private record One(Session session) implements SessionFactory {
        @Override
        public Session startSession() {
            return session;
        }

        @Override
        public java.net.@Nullable InetSocketAddress getRemoteSocketAddress() {
            return null;
        }
    }
}
