package dev.enclaveconsole.core.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import okio.Buffer;
import okio.BufferedSink;
import okio.Okio;
import okio.Pipe;
import org.jspecify.annotations.Nullable;

/// Input of an SSH channel that can be given up at any moment, and whose reads can time out and be repeated.
///
/// A thread of its own carries the bytes from the channel, because sshj's stream must not be closed before the channel
/// is: data that arrives on a closed stream ends the whole SSH connection. Nor may its reader be interrupted, which
/// would close the connection's socket on a virtual thread.
final class ChannelPipe extends InputStream {
    private static final int CHUNK_BYTES = 32 * 1024;
    private static final int PIPE_BYTES = 256 * 1024;

    private final InputStream channel;
    private final Pipe pipe = new Pipe(PIPE_BYTES);
    private final Buffer arrived = new Buffer();
    private volatile @Nullable IOException failure;
    private volatile int timeoutMillis;

    ChannelPipe(InputStream channel) {
        this.channel = channel;
        Thread.ofVirtual().name("channel-input").start(this::carry);
    }

    private void carry() {
        byte[] chunk = new byte[CHUNK_BYTES];
        try (BufferedSink sink = Okio.buffer(pipe.sink())) {
            for (int n = channel.read(chunk, 0, chunk.length); n > 0; n = channel.read(chunk, 0, chunk.length)) {
                sink.write(chunk, 0, n);
                sink.flush();
            }
        } catch (IOException e) {
            failure = e;
        }
    }

    /// @param millis how long a read may wait; 0 for ever
    void setTimeout(int millis) {
        timeoutMillis = millis;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /// @throws SocketTimeoutException nothing came in time; later reads may succeed
    /// @throws IOException the channel broke, or was given up
    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (arrived.exhausted() && !fill()) {
            return -1;
        }
        return arrived.read(bytes, offset, length);
    }

    private boolean fill() throws IOException {
        int timeout = timeoutMillis;
        pipe.source().timeout().timeout(timeout, TimeUnit.MILLISECONDS);
        long count;
        try {
            count = pipe.source().read(arrived, PIPE_BYTES);
        } catch (InterruptedIOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            throw new SocketTimeoutException("No answer within " + timeout + " ms");
        }
        IOException broken = failure;
        if (count < 0 && broken != null) {
            throw broken;
        }
        return count > 0;
    }

    @Override
    public int available() {
        return (int) arrived.size();
    }

    /// Gives the input up: a blocked reader wakes, and what still arrives is dropped. The channel itself stays.
    @Override
    public void close() {
        pipe.cancel();
    }
}
