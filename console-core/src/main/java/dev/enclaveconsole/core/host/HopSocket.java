package dev.enclaveconsole.core.host;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.operation.OperationContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.channel.OpenFailException;
import net.schmizz.sshj.connection.channel.direct.DirectConnection;

/// The bytes' way to one hop: TCP from here, a channel of the hop before, or a proxy command.
///
/// @param proxy whose last words explain a connection that ends at once
record HopSocket(Socket socket, Optional<ProxyCommand> proxy) {

    static HopSocket open(
            SshHop hop,
            Optional<SSHClient> via,
            SshSettings settings,
            ConnectListener listener,
            OperationContext context)
            throws ConsoleException {
        if (via.isPresent()) {
            listener.started(hop.name(), "connect");
            HopSocket channel = new HopSocket(channel(hop, via.get()), Optional.empty());
            listener.passed(hop.address() + ":" + hop.port() + " through the host before");
            return channel;
        }
        if (hop.proxyCommand().isPresent()) {
            listener.started(hop.name(), "connect");
            ProxyCommand command = ProxyCommand.start(hop, hop.proxyCommand().get());
            listener.passed("by a proxy command");
            return new HopSocket(command.socket(hop), Optional.of(command));
        }
        return new HopSocket(tcp(hop, settings, listener, context), Optional.empty());
    }

    private static Socket tcp(SshHop hop, SshSettings settings, ConnectListener listener, OperationContext context)
            throws ConsoleException {
        try {
            listener.started(hop.name(), "resolve");
            InetAddress[] addresses = InetAddress.getAllByName(hop.address());
            listener.passed(
                    Arrays.stream(addresses).map(InetAddress::getHostAddress).collect(Collectors.joining(", ")));
            listener.started(hop.name(), "connect");
            Socket socket = connect(addresses, hop, settings, context);
            listener.passed(socket.getInetAddress().getHostAddress() + ":" + hop.port());
            return socket;
        } catch (IOException e) {
            context.checkCancelled();
            throw new ConsoleException(ConnectProblems.unreachable(hop, e, settings.connectTimeout()), e);
        }
    }

    /// The first address that answers. Small packets are sent at once; Nagle's algorithm costs 40 ms per request.
    private static Socket connect(InetAddress[] addresses, SshHop hop, SshSettings settings, OperationContext context)
            throws IOException {
        IOException first = null;
        for (InetAddress address : addresses) {
            Socket socket = new Socket();
            try (OperationContext.Registration _ = context.onCancel(() -> closeQuietly(socket))) {
                socket.setTcpNoDelay(true);
                socket.connect(new InetSocketAddress(address, hop.port()), (int)
                        settings.connectTimeout().toMillis());
                return socket;
            } catch (IOException e) {
                closeQuietly(socket);
                context.checkCancelled();
                first = first == null ? e : first;
            }
        }
        throw first == null ? new java.net.UnknownHostException(hop.address()) : first;
    }

    private static Socket channel(SshHop hop, SSHClient via) throws ConsoleException {
        try {
            DirectConnection channel = via.newDirectConnection(hop.address(), hop.port());
            return new StreamSocket(
                    channel.getInputStream(), channel.getOutputStream(), hop.port(), () -> closeQuietly(channel));
        } catch (OpenFailException e) {
            throw new ConsoleException(
                    Problem.failed(
                            "host.unreachable",
                            "The host " + hop.name() + " (" + hop.address() + ":" + hop.port()
                                    + ") cannot be reached through " + via.getRemoteHostname() + ".",
                            "That host says: " + e.getMessage() + ".",
                            "Check that it may forward (AllowTcpForwarding) and that it reaches the address."),
                    e);
        } catch (IOException e) {
            throw new ConsoleException(ConnectProblems.lost(hop.name(), e), e);
        }
    }

    private static void closeQuietly(DirectConnection channel) {
        Thread.startVirtualThread(() -> {
            try {
                channel.close();
            } catch (IOException e) {
                org.slf4j.LoggerFactory.getLogger(HopSocket.class).debug("closing a hop: {}", e.getMessage());
            }
        });
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            org.slf4j.LoggerFactory.getLogger(HopSocket.class).debug("closing a socket: {}", e.getMessage());
        }
    }
}
