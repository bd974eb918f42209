package dev.enclaveconsole.server;

import dev.enclaveconsole.protocol.attestation.NsmRequest;
import dev.enclaveconsole.protocol.attestation.NsmResponse;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.function.Function;

/// The far side of the NSM's Unix socket. Its "document" is the encoded request itself, so tests see what was asked.
final class FakeNsmDevice implements AutoCloseable {
    private final Path socket;
    private final ServerSocketChannel server;
    private volatile Function<NsmRequest, NsmResponse> behaviour =
            request -> new NsmResponse.Attestation(request.encode());

    FakeNsmDevice(Path folder) throws IOException {
        socket = folder.resolve("nsm.sock");
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofVirtual().start(this::serve);
    }

    String address() {
        return "unix:" + socket;
    }

    void behave(Function<NsmRequest, NsmResponse> wanted) {
        behaviour = wanted;
    }

    private void serve() {
        while (server.isOpen()) {
            try (SocketChannel client = server.accept()) {
                var in = new DataInputStream(Channels.newInputStream(client));
                byte[] request = new byte[in.readInt()];
                in.readFully(request);
                byte[] answer = behaviour.apply(NsmRequest.decode(request)).encode();
                client.write(ByteBuffer.allocate(4 + answer.length)
                        .putInt(answer.length)
                        .put(answer)
                        .flip());
            } catch (IOException e) {
                if (server.isOpen()) {
                    throw new UncheckedIOException(new IOException(e));
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
