package dev.enclaveconsole.core.host;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.security.Security;
import java.util.List;
import java.util.Set;
import javax.net.SocketFactory;
import net.schmizz.keepalive.KeepAliveProvider;
import net.schmizz.sshj.DefaultConfig;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.Factory;
import net.schmizz.sshj.common.SecurityUtils;
import net.schmizz.sshj.connection.channel.direct.Session;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes sshj clients that are as fast as OpenSSH's and offer no algorithm that OpenSSH has retired.
final class SshClients {
    /// Fastest first: the JDK computes AES-GCM in hardware.
    private static final List<String> CIPHERS = List.of(
            "aes256-gcm@openssh.com",
            "aes128-gcm@openssh.com",
            "chacha20-poly1305@openssh.com",
            "aes256-ctr",
            "aes192-ctr",
            "aes128-ctr");
    private static final Set<String> WEAK_KEY_EXCHANGES =
            Set.of("diffie-hellman-group1-sha1", "diffie-hellman-group14-sha1", "diffie-hellman-group-exchange-sha1");
    private static final List<String> MACS =
            List.of("hmac-sha2-256-etm@openssh.com", "hmac-sha2-512-etm@openssh.com", "hmac-sha2-256", "hmac-sha2-512");

    private static final Logger LOG = LoggerFactory.getLogger(SshClients.class);

    private SshClients() {}

    /// Not connected yet. A client connects once in its life.
    static SSHClient create(SshSettings settings) {
        prepareProviders();
        DefaultConfig config = new DefaultConfig();
        config.setCipherFactories(inOrder(config.getCipherFactories(), CIPHERS));
        config.setMACFactories(inOrder(config.getMACFactories(), MACS));
        config.setKeyExchangeFactories(config.getKeyExchangeFactories().stream()
                .filter(f -> !WEAK_KEY_EXCHANGES.contains(f.getName()))
                .toList());
        config.setKeyAlgorithms(config.getKeyAlgorithms().stream()
                .filter(f -> !f.getName().contains("ssh-dss") && !f.getName().equals("ssh-rsa"))
                .toList());
        config.setKeepAliveProvider(KeepAliveProvider.KEEP_ALIVE);
        SSHClient client = new SSHClient(config);
        client.setSocketFactory(new PromptSockets());
        client.setConnectTimeout((int) settings.connectTimeout().toMillis());
        client.getTransport().setTimeoutMs(30_000);
        client.getConnection().setTimeoutMs(30_000);
        client.getConnection().getKeepAlive().setKeepAliveInterval((int)
                Math.max(1, settings.keepAlive().toSeconds()));
        return client;
    }

    /// A new channel for one command.
    static Session session(SSHClient client) throws IOException {
        return whileConnected(client::startSession);
    }

    /// What opens a channel.
    interface Opening<T> {
        T open() throws IOException;
    }

    /// sshj takes a broken connection for a programming error, and the connection may break at any moment.
    static <T> T whileConnected(Opening<T> opening) throws IOException {
        try {
            return opening.open();
        } catch (IllegalStateException e) {
            SocketException gone = new SocketException("Not connected any more.");
            gone.initCause(e);
            throw gone;
        }
    }

    static void closeQuietly(SSHClient client) {
        try {
            client.disconnect();
        } catch (IOException e) {
            LOG.debug("closing an SSH connection: {}", e.getMessage());
        }
    }

    /// BouncyCastle is registered last, for key formats the JDK lacks; ciphers come from the JDK, four times faster.
    private static synchronized void prepareProviders() {
        if (Security.getProvider(BouncyCastleProvider.PROVIDER_NAME) == null) {
            Security.addProvider(new BouncyCastleProvider());
        }
        SecurityUtils.setRegisterBouncyCastle(false);
    }

    private static <T> List<Factory.Named<T>> inOrder(List<Factory.Named<T>> all, List<String> names) {
        return names.stream()
                .flatMap(name -> all.stream().filter(f -> f.getName().equals(name)))
                .toList();
    }

    /// Sockets that send small packets at once; Nagle's algorithm costs 40 ms per request.
    private static final class PromptSockets extends SocketFactory {
        @Override
        public Socket createSocket() throws IOException {
            Socket socket = new Socket();
            socket.setTcpNoDelay(true);
            return socket;
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return createSocket(InetAddress.getByName(host), port);
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
            return createSocket(InetAddress.getByName(host), port, local, localPort);
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            Socket socket = createSocket();
            socket.connect(new InetSocketAddress(host, port));
            return socket;
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
            Socket socket = createSocket();
            socket.bind(new InetSocketAddress(local, localPort));
            socket.connect(new InetSocketAddress(host, port));
            return socket;
        }
    }
}
