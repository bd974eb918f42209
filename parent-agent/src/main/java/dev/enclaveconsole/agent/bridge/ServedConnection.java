package dev.enclaveconsole.agent.bridge;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;

/// One TCP connection on its way to the enclave. Each direction ends by itself.
final class ServedConnection {

    /// Small, as there may be hundreds of connections at a time.
    private static final int BUFFER_BYTES = 32 * 1024;

    private final SocketChannel caller;
    private final Link link;
    private final Bridge bridge;
    private boolean closed;

    ServedConnection(SocketChannel caller, Link link) {
        this.caller = caller;
        this.link = link;
        this.bridge = new Bridge(caller, new Outward(caller), link, BUFFER_BYTES, () -> {});
    }

    /// Returns when both directions have ended and both sides are closed.
    void carry() throws IOException, InterruptedException {
        try {
            bridge.run();
        } finally {
            abort();
            bridge.joinUpward();
            close();
        }
    }

    private synchronized void close() throws IOException {
        closed = true;
        link.close();
    }

    /// Breaks it off.
    synchronized void abort() {
        if (closed) {
            return;
        }
        try {
            caller.close();
        } catch (IOException _) {
            // It is gone.
        }
        try {
            link.abort();
        } catch (IOException _) {
            // It is gone.
        }
    }

    long lastActivityNanos() {
        return bridge.lastActivityNanos();
    }

    /// Closing it ends this direction only: the caller may still send.
    private record Outward(SocketChannel socket) implements WritableByteChannel {
        @Override
        public int write(ByteBuffer source) throws IOException {
            return socket.write(source);
        }

        @Override
        public boolean isOpen() {
            return socket.isOpen();
        }

        @Override
        public void close() throws IOException {
            socket.shutdownOutput();
        }
    }
}
