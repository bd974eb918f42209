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

    private static final int BUFFER_BYTES = 256 * 1024;

    private final ReadableByteChannel input;
    private final WritableByteChannel output;
    private final Link link;
    private final Runnable answered;

    /// @param answered run once when the enclave has ended its direction and `output` is closed
    Bridge(ReadableByteChannel input, WritableByteChannel output, Link link, Runnable answered) {
        this.input = input;
        this.output = output;
        this.link = link;
        this.answered = answered;
    }

    /// Returns when both directions have ended; throws when the caller no longer takes the answer.
    void run() throws IOException, InterruptedException {
        Thread upward = Thread.ofPlatform().daemon().name("to-enclave").start(this::send);
        receive();
        answered.run();
        upward.join();
    }

    private void send() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        try {
            while (input.read(buffer) >= 0) {
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
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        while (readOrEnd(buffer) >= 0) {
            buffer.flip();
            while (buffer.hasRemaining()) {
                output.write(buffer);
            }
            buffer.clear();
        }
        output.close();
    }

    private int readOrEnd(ByteBuffer buffer) {
        try {
            return link.read(buffer);
        } catch (IOException _) {
            return -1;
        }
    }
}
