package dev.enclaveconsole.core.host;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import net.schmizz.sshj.connection.channel.direct.Session;

/// Input of a [ChannelSocket] with a socket's semantics, which sshj's channel stream lacks: empty reads return, reads
/// time out, closing wakes a reader, and an end before its time says why.
final class ChannelInput extends InputStream {
    private static final int PROBE_MILLIS = 50;
    private static final ScheduledExecutorService TIMEOUTS = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("channel-timeouts").factory());

    private final ChannelSocket socket;
    private final Session.Command command;
    private final InputStream channel;
    private volatile boolean timedOut;

    ChannelInput(ChannelSocket socket, Session.Command command) {
        this.socket = socket;
        this.command = command;
        this.channel = command.getInputStream();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int timeout = socket.getSoTimeout();
        if (timeout > 0 && timeout <= PROBE_MILLIS && !arrivesWithin(timeout)) {
            throw new SocketTimeoutException("Read timed out");
        }
        int n = timeout > PROBE_MILLIS && channel.available() == 0
                ? readWithin(timeout, bytes, offset, length)
                : channel.read(bytes, offset, length);
        return n < 0 ? ended(timeout) : n;
    }

    @Override
    public int available() throws IOException {
        return channel.available();
    }

    @Override
    public void close() {
        socket.close();
    }

    boolean ended() {
        return !command.isOpen();
    }

    void wakeUp() {
        try {
            channel.close();
        } catch (IOException e) {
            org.slf4j.LoggerFactory.getLogger(ChannelInput.class).debug("waking a reader: {}", e.getMessage());
        }
    }

    /// HTTP clients probe an idle connection with a read of one millisecond; it must leave the stream usable.
    private boolean arrivesWithin(int millis) throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (channel.available() == 0 && command.isOpen() && !command.isEOF()) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.onSpinWait();
        }
        return true;
    }

    private int readWithin(int millis, byte[] bytes, int offset, int length) throws IOException {
        ScheduledFuture<?> alarm = TIMEOUTS.schedule(
                () -> {
                    timedOut = true;
                    wakeUp();
                },
                millis,
                TimeUnit.MILLISECONDS);
        try {
            return channel.read(bytes, offset, length);
        } finally {
            alarm.cancel(false);
        }
    }

    private int ended(int timeout) throws IOException {
        if (timedOut) {
            throw new SocketTimeoutException("No answer within " + timeout + " ms");
        }
        if (socket.isClosed()) {
            throw new SocketException("Socket closed");
        }
        try {
            String lastWords = socket.lastWords();
            if (!lastWords.isEmpty()) {
                throw new AgentException(lastWords);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return -1;
    }
}
