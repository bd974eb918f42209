package dev.enclaveconsole.core.host;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;

/// A connected socket made of two streams: a channel through another host, or a command's standard streams.
final class StreamSocket extends Socket {
    private final InputStream in;
    private final OutputStream out;
    private final int port;
    private final Runnable onClose;
    private volatile boolean closed;

    /// @param onClose has to end reads that block
    StreamSocket(InputStream in, OutputStream out, int port, Runnable onClose) {
        this.in = in;
        this.out = out;
        this.port = port;
        this.onClose = onClose;
    }

    @Override
    public InputStream getInputStream() {
        return in;
    }

    @Override
    public OutputStream getOutputStream() {
        return out;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            onClose.run();
        }
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public void connect(SocketAddress endpoint, int timeoutMillis) {}

    @Override
    public InetAddress getInetAddress() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public int getPort() {
        return port;
    }

    @Override
    public void setSoTimeout(int millis) {}

    @Override
    public void setTcpNoDelay(boolean on) {}
}
