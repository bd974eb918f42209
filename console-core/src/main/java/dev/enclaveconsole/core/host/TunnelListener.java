package dev.enclaveconsole.core.host;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.operation.OperationContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import net.schmizz.sshj.connection.channel.OpenFailException;
import net.schmizz.sshj.connection.channel.direct.DirectConnection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One open port. Each connection to it gets a channel of its own, opened on a thread of its own: one that the host
/// refuses costs nobody else anything.
final class TunnelListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TunnelListener.class);
    private static final int BUFFER_BYTES = 64 * 1024;

    private final SshLink link;
    private final TunnelSpec spec;
    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong received = new AtomicLong();
    private volatile @Nullable String lastProblem;

    private TunnelListener(SshLink link, TunnelSpec spec, ServerSocket server) {
        this.link = link;
        this.spec = spec;
        this.server = server;
    }

    /// Listens on 127.0.0.1 only.
    static TunnelListener open(SshLink link, TunnelSpec spec) throws IOException {
        ServerSocket server = new ServerSocket(spec.localPort(), 128, InetAddress.getLoopbackAddress());
        TunnelSpec real = new TunnelSpec(server.getLocalPort(), spec.remoteHost(), spec.remotePort());
        TunnelListener listener = new TunnelListener(link, real, server);
        Thread.startVirtualThread(listener::accept);
        return listener;
    }

    Tunnel snapshot() {
        Tunnel.State state = server.isClosed() || link.state() == LinkState.CLOSED
                ? Tunnel.State.CLOSED
                : link.state() == LinkState.CONNECTED ? Tunnel.State.OPEN : Tunnel.State.WAITING;
        return new Tunnel(spec, state, open.size(), sent.get(), received.get(), Optional.ofNullable(lastProblem));
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                if (server.isClosed()) {
                    closeQuietly(socket);
                }
                Thread.startVirtualThread(() -> serve(socket));
            } catch (IOException e) {
                LOG.debug("{} accepts no more: {}", spec, e.getMessage());
            }
        }
    }

    private void serve(Socket socket) {
        try (socket;
                DirectConnection channel = link.connection(OperationContext.none())
                        .client()
                        .newDirectConnection(spec.remoteHost(), spec.remotePort())) {
            socket.setTcpNoDelay(true);
            Thread answers = Thread.startVirtualThread(() -> receive(socket, channel));
            send(socket, channel);
            answers.join();
        } catch (OpenFailException e) {
            lastProblem = "The host does not reach " + spec.remoteHost() + ":" + spec.remotePort() + ": "
                    + e.getMessage() + ".";
        } catch (ConsoleException e) {
            lastProblem = e.problem().sentence();
        } catch (IOException | IllegalStateException e) {
            LOG.debug("a connection through {} broke off: {}", spec, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(socket);
        }
    }

    private void send(Socket socket, DirectConnection channel) {
        try (OutputStream out = channel.getOutputStream()) {
            copy(socket.getInputStream(), out, sent);
        } catch (IOException e) {
            LOG.debug("{} sends no more: {}", spec, e.getMessage());
        }
    }

    private void receive(Socket socket, DirectConnection channel) {
        try {
            copy(channel.getInputStream(), socket.getOutputStream(), received);
            socket.shutdownOutput();
        } catch (IOException e) {
            LOG.debug("{} receives no more: {}", spec, e.getMessage());
            closeQuietly(socket);
        }
        if (!channel.isOpen()) {
            closeQuietly(socket);
        }
    }

    private static void copy(InputStream in, OutputStream out, AtomicLong count) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        int n;
        while ((n = in.read(buffer, 0, buffer.length)) > 0) {
            out.write(buffer, 0, n);
            out.flush();
            count.addAndGet(n);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("closing a connection: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            LOG.debug("closing {}: {}", spec, e.getMessage());
        }
        open.forEach(TunnelListener::closeQuietly);
    }
}
