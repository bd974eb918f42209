package dev.enclaveconsole.agent.bridge;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/// Pumps one connection in both directions until both have ended.
///
/// When the caller ends its input, the enclave is told so and may still answer; when the enclave ends its
/// answer, the caller's output is closed and it may still send. A caller that is gone ends both.
final class Bridge {

    private final int bufferBytes;
    private final ReadableByteChannel input;
    private final WritableByteChannel output;
    private final Link link;
    private final Runnable answered;
    private final Thread upward =
            Thread.ofPlatform().daemon().name("to-enclave").unstarted(this::send);
    private volatile long lastActivityNanos = System.nanoTime();

    /// @param bufferBytes for each direction
    /// @param answered run once when the enclave has ended its direction and `output` is closed
    Bridge(ReadableByteChannel input, WritableByteChannel output, Link link, int bufferBytes, Runnable answered) {
        this.bufferBytes = bufferBytes;
        this.input = input;
        this.output = output;
        this.link = link;
        this.answered = answered;
    }

    /// Returns when both directions have ended; throws when the caller no longer takes the answer. The other direction
    /// may still run then: the link may be closed only after [#joinUpward].
    void run() throws IOException, InterruptedException {
        upward.start();
        receive();
        answered.run();
        upward.join();
    }

    /// Waits for the direction to the enclave to end, once caller and link were told to.
    void joinUpward() throws InterruptedException {
        if (upward.getState() != Thread.State.NEW) {
            upward.join();
        }
    }

    /// When a byte last went through, by [System#nanoTime].
    long lastActivityNanos() {
        return lastActivityNanos;
    }

    private void send() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(bufferBytes);
        try {
            while (readFromCaller(buffer) >= 0) {
                lastActivityNanos = System.nanoTime();
                link.write(buffer.flip());
                buffer.clear();
            }
            link.shutdownOutput();
        } catch (IOException _) {
            // The enclave no longer listens: what it still has to say arrives in the other direction, then that ends
            // too.
        }
    }

    private void receive() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(bufferBytes);
        while (readOrEnd(buffer) >= 0) {
            lastActivityNanos = System.nanoTime();
            buffer.flip();
            while (buffer.hasRemaining()) {
                output.write(buffer);
            }
            buffer.clear();
        }
        output.close();
    }

    /// A caller that broke off has ended: the enclave must hear so, or it would wait for the rest.
    private int readFromCaller(ByteBuffer buffer) {
        try {
            return input.read(buffer);
        } catch (IOException _) {
            return -1;
        }
    }

    private int readOrEnd(ByteBuffer buffer) {
        try {
            return link.read(buffer);
        } catch (IOException _) {
            return -1;
        }
    }
}
