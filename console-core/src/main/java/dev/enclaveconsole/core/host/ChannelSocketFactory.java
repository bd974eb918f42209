package dev.enclaveconsole.core.host;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/// Makes sockets that are exec channels of one SSH connection, all running the same command.
final class ChannelSocketFactory extends SocketFactory {
    private final SshLink link;
    private final String commandLine;

    ChannelSocketFactory(SshLink link, String commandLine) {
        this.link = link;
        this.commandLine = commandLine;
    }

    @Override
    public Socket createSocket() {
        return new ChannelSocket(link, commandLine);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return connected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return connected();
    }

    private Socket connected() throws IOException {
        Socket socket = createSocket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return socket;
    }
}
