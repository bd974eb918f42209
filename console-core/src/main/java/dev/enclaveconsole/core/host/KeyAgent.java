package dev.enclaveconsole.core.host;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import net.schmizz.sshj.common.Buffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Client of the user's SSH agent (draft-ietf-sshm-ssh-agent): lists keys and has them sign; keys never leave it.
///
/// @param address a Unix socket, or a Windows pipe such as `\\.\pipe\openssh-ssh-agent`
record KeyAgent(String address) {
    private static final Logger LOG = LoggerFactory.getLogger(KeyAgent.class);
    private static final String WINDOWS_PIPE = "\\\\.\\pipe\\openssh-ssh-agent";
    private static final int REQUEST_IDENTITIES = 11;
    private static final int IDENTITIES_ANSWER = 12;
    private static final int SIGN_REQUEST = 13;
    private static final int SIGN_RESPONSE = 14;
    private static final int RSA_SHA2_512 = 4;
    private static final int LONGEST_ANSWER = 256 * 1024;

    /// A key that the agent holds.
    ///
    /// @param blob the public key's SSH encoding
    record Identity(byte[] blob, String comment) {
        String type() {
            return HostKey.ofBlob(blob).type();
        }

        /// The name of the signature that is asked for: never one with SHA-1.
        String algorithm() {
            return switch (type()) {
                case "ssh-rsa" -> "rsa-sha2-512";
                case "ssh-rsa-cert-v01@openssh.com" -> "rsa-sha2-512-cert-v01@openssh.com";
                default -> type();
            };
        }

        String describe() {
            return comment.isBlank() ? HostKey.ofBlob(blob).fingerprint() : comment;
        }
    }

    /// `SSH_AUTH_SOCK`, or OpenSSH's own pipe on Windows.
    static Optional<String> addressOfThisUser(Map<String, String> environment, String os) {
        String socket = environment.getOrDefault("SSH_AUTH_SOCK", "");
        if (!socket.isBlank()) {
            return Optional.of(socket);
        }
        return os.toLowerCase(Locale.ROOT).startsWith("windows") ? Optional.of(WINDOWS_PIPE) : Optional.empty();
    }

    /// Empty if the agent does not answer.
    List<Identity> identities() {
        try {
            Buffer.PlainBuffer answer =
                    exchange(new Buffer.PlainBuffer().putByte((byte) REQUEST_IDENTITIES), IDENTITIES_ANSWER);
            int count = answer.readUInt32AsInt();
            List<Identity> identities = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                byte[] blob = answer.readStringAsBytes();
                identities.add(new Identity(blob, answer.readString(StandardCharsets.UTF_8)));
            }
            return identities;
        } catch (IOException | RuntimeException e) {
            LOG.debug("the SSH agent at {} does not answer: {}", address, e.getMessage());
            return List.of();
        }
    }

    /// @return the signature with its algorithm's name, as it goes into a login request
    byte[] sign(Identity identity, byte[] data) throws IOException {
        int flags = identity.algorithm().startsWith("rsa-sha2-512") ? RSA_SHA2_512 : 0;
        return exchange(
                        new Buffer.PlainBuffer()
                                .putByte((byte) SIGN_REQUEST)
                                .putString(identity.blob())
                                .putString(data)
                                .putUInt32(flags),
                        SIGN_RESPONSE)
                .readStringAsBytes();
    }

    private Buffer.PlainBuffer exchange(Buffer.PlainBuffer request, int expected) throws IOException {
        byte[] answer = address.startsWith("\\\\.\\pipe\\") ? overPipe(request) : overSocket(request);
        Buffer.PlainBuffer buffer = new Buffer.PlainBuffer(answer);
        if (buffer.readByte() != expected) {
            throw new IOException("The SSH agent refuses.");
        }
        return buffer;
    }

    private byte[] overSocket(Buffer.PlainBuffer request) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(address));
            new DataOutputStream(Channels.newOutputStream(channel)).write(framed(request));
            return answer(new DataInputStream(Channels.newInputStream(channel)));
        }
    }

    private byte[] overPipe(Buffer.PlainBuffer request) throws IOException {
        try (RandomAccessFile pipe = new RandomAccessFile(address, "rw")) {
            pipe.write(framed(request));
            int length = length(pipe.readInt());
            byte[] bytes = new byte[length];
            pipe.readFully(bytes);
            return bytes;
        }
    }

    private static byte[] framed(Buffer.PlainBuffer request) {
        return new Buffer.PlainBuffer().putBytes(request.getCompactData()).getCompactData();
    }

    private static byte[] answer(DataInputStream in) throws IOException {
        byte[] bytes = new byte[length(in.readInt())];
        in.readFully(bytes);
        return bytes;
    }

    private static int length(int announced) throws IOException {
        if (announced < 1 || announced > LONGEST_ANSWER) {
            throw new IOException("The SSH agent's answer has " + announced + " bytes.");
        }
        return announced;
    }
}
