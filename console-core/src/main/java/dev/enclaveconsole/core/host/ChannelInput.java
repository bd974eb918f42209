package dev.enclaveconsole.core.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import net.schmizz.sshj.connection.channel.direct.Session;
import okio.Buffer;
import okio.BufferedSink;
import okio.Okio;
import okio.Pipe;
import org.jspecify.annotations.Nullable;

/// Input of a [ChannelSocket] with a socket's semantics, which sshj's channel stream lacks: empty reads return, reads
/// time out and can be repeated, closing wakes a reader, and an end before its time says why.
///
/// A thread of its own carries the bytes from the channel, because sshj's stream must not be closed before the channel
/// is: data that arrives on a closed stream ends the whole SSH connection. Nor may a reader be interrupted, which
/// would close the connection's socket on a virtual thread.
final class ChannelInput extends InputStream {
    private static final int CHUNK_BYTES = 32 * 1024;
    private static final int PIPE_BYTES = 256 * 1024;

    private final ChannelSocket socket;
    private final Session.Command command;
    private final Pipe pipe = new Pipe(PIPE_BYTES);
    private final Buffer arrived = new Buffer();
    private volatile @Nullable IOException failure;

    ChannelInput(ChannelSocket socket, Session.Command command) {
        this.socket = socket;
        this.command = command;
        Thread.ofVirtual().name("channel-input").start(this::carry);
    }

    private void carry() {
        byte[] chunk = new byte[CHUNK_BYTES];
        try (BufferedSink sink = Okio.buffer(pipe.sink())) {
            InputStream channel = command.getInputStream();
            for (int n = channel.read(chunk, 0, chunk.length); n > 0; n = channel.read(chunk, 0, chunk.length)) {
                sink.write(chunk, 0, n);
                sink.flush();
            }
        } catch (IOException e) {
            failure = e;
        }
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
        if (arrived.exhausted() && !fill()) {
            return endOfStream();
        }
        return arrived.read(bytes, offset, length);
    }

    /// False at the end of the stream.
    private boolean fill() throws IOException {
        int timeout = socket.getSoTimeout();
        pipe.source().timeout().timeout(timeout, TimeUnit.MILLISECONDS);
        try {
            return pipe.source().read(arrived, PIPE_BYTES) > 0;
        } catch (InterruptedIOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            throw new SocketTimeoutException("No answer within " + timeout + " ms");
        } catch (IOException e) {
            if (socket.isClosed()) {
                throw new SocketException("Socket closed");
            }
            throw e;
        }
    }

    @Override
    public int available() {
        return (int) arrived.size();
    }

    @Override
    public void close() {
        socket.close();
    }

    boolean ended() {
        return !command.isOpen();
    }

    void wakeUp() {
        pipe.cancel();
    }

    private int endOfStream() throws IOException {
        if (socket.isClosed()) {
            throw new SocketException("Socket closed");
        }
        IOException broken = failure;
        if (broken != null) {
            throw broken;
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
