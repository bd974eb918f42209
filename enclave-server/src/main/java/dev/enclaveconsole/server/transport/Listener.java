package dev.enclaveconsole.server.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.epoll.VSockAddress;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// The open server socket with its event loops.
public final class Listener implements AutoCloseable {
    private static final int BACKLOG = 128;

    private final MultiThreadIoEventLoopGroup loops;
    private final Channel channel;
    private final ListenAddress address;

    private Listener(MultiThreadIoEventLoopGroup loops, Channel channel, ListenAddress address) {
        this.loops = loops;
        this.channel = channel;
        this.address = address;
    }

    /// @throws IOException naming the address, when it cannot be listened on
    public static Listener open(ListenAddress wanted, TlsIdentity identity, HttpService service) throws IOException {
        boolean epoll = Epoll.isAvailable();
        if (!epoll && !(wanted instanceof ListenAddress.Tcp)) {
            throw new IOException("%s needs Netty's epoll library: %s".formatted(wanted, Epoll.unavailabilityCause()));
        }
        IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        var loops = new MultiThreadIoEventLoopGroup(1, io);
        try {
            ServerBootstrap bootstrap = new ServerBootstrap()
                    .group(loops)
                    .childOption(ChannelOption.AUTO_READ, false)
                    .childHandler(new ConnectionInitializer(TlsContexts.server(identity), service));
            Channel channel = bind(bootstrap, wanted, epoll).sync().channel();
            return new Listener(loops, channel, actual(wanted, channel));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop(loops);
            throw new IOException("interrupted while opening " + wanted, e);
        } catch (Exception e) {
            stop(loops);
            throw new IOException("%s cannot be listened on: %s".formatted(wanted, e.getMessage()), e);
        }
    }

    private static ChannelFuture bind(ServerBootstrap bootstrap, ListenAddress wanted, boolean epoll)
            throws IOException {
        return switch (wanted) {
            case ListenAddress.Vsock(int port) -> {
                LinuxSocket socket = LinuxSocket.newVSockStream();
                socket.bindVSock(new VSockAddress(VSockAddress.VMADDR_CID_ANY, port));
                socket.listen(BACKLOG);
                yield bootstrap
                        .channelFactory(() -> new EpollServerDomainSocketChannel(socket.intValue(), true))
                        .register();
            }
            case ListenAddress.Unix(String path) -> {
                Files.deleteIfExists(Path.of(path));
                yield bootstrap
                        .channel(EpollServerDomainSocketChannel.class)
                        .option(ChannelOption.SO_BACKLOG, BACKLOG)
                        .bind(new DomainSocketAddress(path));
            }
            case ListenAddress.Tcp(String host, int port) ->
                bootstrap
                        .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                        .option(ChannelOption.SO_BACKLOG, BACKLOG)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .bind(new InetSocketAddress(literal(host), port));
        };
    }

    private static InetAddress literal(String host) throws IOException {
        return host.equals("localhost") ? InetAddress.getLoopbackAddress() : InetAddress.ofLiteral(host);
    }

    private static ListenAddress actual(ListenAddress wanted, Channel channel) {
        return wanted instanceof ListenAddress.Tcp(String host, int _)
                        && channel.localAddress() instanceof InetSocketAddress bound
                ? new ListenAddress.Tcp(host, bound.getPort())
                : wanted;
    }

    /// The address listened on, with the real port.
    public ListenAddress address() {
        return address;
    }

    /// Waits until the server socket is closed.
    public void awaitClosed() throws InterruptedException {
        channel.closeFuture().await();
    }

    @Override
    public void close() {
        channel.close().awaitUninterruptibly();
        stop(loops);
    }

    private static void stop(MultiThreadIoEventLoopGroup loops) {
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
