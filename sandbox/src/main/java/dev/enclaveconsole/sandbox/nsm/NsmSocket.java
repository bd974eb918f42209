package dev.enclaveconsole.sandbox.nsm;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/// The security module on a Unix socket, in place of the device: messages of a 4-byte big-endian length and CBOR each
/// way, any number of
/// requests per connection. A longer request than the device takes ends the connection.
public final class NsmSocket implements AutoCloseable {

    private static final int MAX_FRAME = 0x4000;

    private final ServerSocketChannel server;
    private final SandboxNsm nsm;

    private NsmSocket(ServerSocketChannel server, SandboxNsm nsm) {
        this.server = server;
        this.nsm = nsm;
    }

    public static NsmSocket listen(Path socket, SandboxNsm nsm) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        NsmSocket listening = new NsmSocket(server, nsm);
        Thread.ofVirtual().name("nsm-accept").start(listening::accept);
        return listening;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel peer = server.accept();
                Thread.ofVirtual().name("nsm").start(() -> serve(peer));
            }
        } catch (IOException _) {
            // Closed: the enclave is gone.
        }
    }

    private void serve(SocketChannel peer) {
        try (peer;
                DataInputStream input = new DataInputStream(Channels.newInputStream(peer));
                DataOutputStream output = new DataOutputStream(Channels.newOutputStream(peer))) {
            while (true) {
                int length = input.readInt();
                if (length < 0 || length > MAX_FRAME) {
                    return;
                }
                byte[] answer = nsm.answer(input.readNBytes(length));
                byte[] frame = new byte[4 + answer.length];
                ByteBuffer.wrap(frame).putInt(answer.length).put(answer);
                output.write(frame);
            }
        } catch (IOException _) {
            // The enclave has closed the connection.
        }
    }
}
