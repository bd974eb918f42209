package dev.enclaveconsole.core.host;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.operation.OperationContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import net.schmizz.sshj.connection.channel.direct.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A socket whose two directions are standard input and output of a remote command. What the command says on standard
/// error when it ends too soon becomes the exception's message, see [AgentException].
final class ChannelSocket extends Socket {
    private static final Logger LOG = LoggerFactory.getLogger(ChannelSocket.class);
    private static final int STDERR_BYTES = 4096;

    private final SshLink link;
    private final String commandLine;
    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    private volatile @Nullable Session session;
    private volatile @Nullable ChannelInput input;
    private volatile @Nullable OutputStream output;
    private volatile @Nullable Thread stderrDrain;
    private volatile int soTimeoutMillis;
    private volatile boolean closed;
    private volatile boolean outputShut;

    ChannelSocket(SshLink link, String commandLine) {
        this.link = link;
        this.commandLine = commandLine;
    }

    @Override
    public void connect(SocketAddress endpoint) throws IOException {
        connect(endpoint, 0);
    }

    /// The address is not used: the command says where the bytes go.
    @Override
    public void connect(SocketAddress endpoint, int timeoutMillis) throws IOException {
        if (closed) {
            throw new SocketException("Socket closed");
        }
        Session opened = open();
        session = opened;
        Session.Command command = opened.exec(commandLine);
        output = new PromptOutput(command.getOutputStream(), this);
        input = new ChannelInput(this, command);
        stderrDrain = Thread.startVirtualThread(() -> drain(command.getErrorStream()));
        if (closed) {
            close();
            throw new SocketException("Socket closed");
        }
    }

    private Session open() throws IOException {
        try {
            return link.session(OperationContext.none());
        } catch (ConsoleException e) {
            throw new SocketException(e.problem().sentence());
        }
    }

    private void drain(InputStream in) {
        byte[] buffer = new byte[1024];
        try {
            int n;
            while ((n = in.read(buffer, 0, buffer.length)) > 0) {
                synchronized (stderr) {
                    stderr.write(buffer, 0, Math.min(n, STDERR_BYTES - stderr.size()));
                }
            }
        } catch (IOException e) {
            LOG.debug("standard error of the agent broke off: {}", e.getMessage());
        }
    }

    /// What the agent said before it ended, empty if nothing.
    String lastWords() throws InterruptedException {
        Thread drain = stderrDrain;
        if (drain != null) {
            drain.join(500);
        }
        synchronized (stderr) {
            return stderr.toString(StandardCharsets.UTF_8).strip();
        }
    }

    @Override
    public InputStream getInputStream() throws IOException {
        ChannelInput stream = input;
        if (stream == null || closed) {
            throw new SocketException(closed ? "Socket closed" : "Socket is not connected");
        }
        return stream;
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        OutputStream stream = output;
        if (stream == null || closed) {
            throw new SocketException(closed ? "Socket closed" : "Socket is not connected");
        }
        return stream;
    }

    /// Returns at once and wakes a blocked reader; the channel is given up in the background.
    @Override
    public void close() {
        closed = true;
        ChannelInput stream = input;
        if (stream != null) {
            stream.wakeUp();
        }
        Session open = session;
        session = null;
        if (open != null) {
            Thread.startVirtualThread(() -> closeQuietly(open));
        }
    }

    private static void closeQuietly(Session open) {
        try {
            open.close();
        } catch (IOException e) {
            LOG.debug("closing a channel: {}", e.getMessage());
        }
    }

    @Override
    public void shutdownOutput() throws IOException {
        outputShut = true;
        getOutputStream().close();
    }

    @Override
    public void shutdownInput() {}

    @Override
    public boolean isConnected() {
        return input != null;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public boolean isBound() {
        return isConnected();
    }

    @Override
    public boolean isInputShutdown() {
        ChannelInput stream = input;
        return stream != null && stream.ended();
    }

    @Override
    public boolean isOutputShutdown() {
        return outputShut;
    }

    @Override
    public InetAddress getInetAddress() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public InetAddress getLocalAddress() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public int getPort() {
        return 0;
    }

    @Override
    public int getLocalPort() {
        return 0;
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return new InetSocketAddress(getInetAddress(), 0);
    }

    @Override
    public void setSoTimeout(int millis) {
        soTimeoutMillis = millis;
    }

    @Override
    public int getSoTimeout() {
        return soTimeoutMillis;
    }

    @Override
    public void setTcpNoDelay(boolean on) {}

    @Override
    public boolean getTcpNoDelay() {
        return true;
    }

    @Override
    public void setKeepAlive(boolean on) {}

    @Override
    public void setSoLinger(boolean on, int linger) {}

    @Override
    public void setSendBufferSize(int size) {}

    @Override
    public void setReceiveBufferSize(int size) {}

    @Override
    public String toString() {
        return "ChannelSocket[" + commandLine + "]";
    }

    /// Ends with what the agent said, if it has ended and said why.
    void throwLastWords() throws AgentException {
        try {
            String words = lastWords();
            if (!words.isEmpty()) {
                throw new AgentException(words);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// sshj collects written bytes until flushed; a socket sends them.
    private static final class PromptOutput extends OutputStream {
        private final OutputStream channel;
        private final ChannelSocket socket;

        PromptOutput(OutputStream channel, ChannelSocket socket) {
            this.channel = channel;
            this.socket = socket;
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                channel.write(bytes, offset, length);
                channel.flush();
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    socket.throwLastWords();
                }
                throw e;
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
