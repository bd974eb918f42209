package dev.enclaveconsole.agent.bridge;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Run once by the build: dials an echo in both of the ways an agent dials, so that the class cache holds what `dial`
/// needs.
final class Training {

    private static final int AF_UNIX = 1;

    private Training() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("agent");
        VsockAddress address = VsockAddress.parse("16", "8443");
        Path socket = folder.resolve(address.socketName());
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            Thread.ofPlatform().daemon().start(() -> echo(server));
            exchange(socket);
            PrintStream errors = new PrintStream(new FileOutputStream(FileDescriptor.err), true);
            new DialCommand(Dialer.of("unix:" + folder.resolve("none")), errors).run(address);
            new DialCommand(Dialer.of("unix:" + folder), errors).run(address);
        } finally {
            Files.deleteIfExists(socket);
            Files.deleteIfExists(folder);
        }
    }

    static void exchange(Path socket) throws IOException {
        byte[] path = socket.toString().getBytes(StandardCharsets.UTF_8);
        byte[] address = ByteBuffer.allocate(2 + path.length + 1)
                .order(ByteOrder.nativeOrder())
                .putShort((short) AF_UNIX)
                .put(path)
                .array();
        try (Link link = NativeLink.connect(AF_UNIX, address)) {
            link.write(ByteBuffer.allocateDirect(16));
            link.shutdownOutput();
            ByteBuffer answer = ByteBuffer.allocateDirect(64);
            while (link.read(answer) >= 0) {}
        }
    }

    private static void echo(ServerSocketChannel server) {
        try {
            while (true) {
                try (SocketChannel peer = server.accept()) {
                    ByteBuffer buffer = ByteBuffer.allocateDirect(64);
                    while (peer.read(buffer) >= 0) {
                        peer.write(buffer.flip());
                        buffer.clear();
                    }
                }
            }
        } catch (IOException _) {
            // The training is over.
        }
    }
}
