package dev.enclaveconsole.server.nsm;

import dev.enclaveconsole.protocol.attestation.MalformedCborException;
import dev.enclaveconsole.protocol.attestation.NsmRequest;
import dev.enclaveconsole.protocol.attestation.NsmResponse;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/// An NSM behind a Unix socket: each message is its length (4 bytes, big-endian) and the CBOR that the device
/// would take or give. One connection per request.
final class NsmSocket implements Nsm {
    private final Path socket;

    NsmSocket(Path socket) {
        this.socket = socket;
    }

    @Override
    public NsmResponse ask(NsmRequest request) throws IOException {
        byte[] encoded = request.encode();
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            ByteBuffer out = ByteBuffer.allocate(Integer.BYTES + encoded.length)
                    .putInt(encoded.length)
                    .put(encoded)
                    .flip();
            while (out.hasRemaining()) {
                channel.write(out);
            }
            var in = new DataInputStream(Channels.newInputStream(channel));
            int length = in.readInt();
            if (length < 0 || length > NsmResponse.MAX_BYTES) {
                throw new IOException("The NSM answered with a length of %d bytes.".formatted(length));
            }
            byte[] answer = new byte[length];
            in.readFully(answer);
            return NsmResponse.decode(answer);
        } catch (EOFException e) {
            throw new IOException("The NSM closed the connection without an answer.", e);
        } catch (MalformedCborException e) {
            throw new IOException("The NSM's answer is malformed: " + e.getMessage(), e);
        }
    }
}
