package dev.enclaveconsole.core.host;

import com.hierynomus.sshj.key.KeyAlgorithm;
import com.hierynomus.sshj.key.KeyAlgorithms;
import java.io.IOException;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.schmizz.keepalive.KeepAliveProvider;
import net.schmizz.sshj.DefaultConfig;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.Factory;
import net.schmizz.sshj.common.KeyType;
import net.schmizz.sshj.common.SecurityUtils;
import net.schmizz.sshj.signature.SignatureRSA;
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
    /// As OpenSSH's client: SHA-1 as the last resort, and shown when it is used, see [NegotiatedAlgorithms].
    private static final List<String> MACS = List.of(
            "hmac-sha2-256-etm@openssh.com",
            "hmac-sha2-512-etm@openssh.com",
            "hmac-sha2-256",
            "hmac-sha2-512",
            "hmac-sha1-etm@openssh.com",
            "hmac-sha1");
    private static final List<String> HOST_KEYS = List.of(
            "ssh-ed25519",
            "ecdsa-sha2-nistp256",
            "ecdsa-sha2-nistp384",
            "ecdsa-sha2-nistp521",
            "rsa-sha2-512",
            "rsa-sha2-256");

    /// Host certificates, in the order of preference. None is signed by SHA-1.
    static final List<String> CERTIFICATES = List.of(
            "ssh-ed25519-cert-v01@openssh.com",
            "ecdsa-sha2-nistp256-cert-v01@openssh.com",
            "ecdsa-sha2-nistp384-cert-v01@openssh.com",
            "ecdsa-sha2-nistp521-cert-v01@openssh.com",
            "rsa-sha2-512-cert-v01@openssh.com",
            "rsa-sha2-256-cert-v01@openssh.com");

    private static final Logger LOG = LoggerFactory.getLogger(SshClients.class);

    private SshClients() {}

    /// Not connected yet. A client connects once in its life.
    ///
    /// @param certificates whether the host may prove itself by a certificate
    static SSHClient create(SshSettings settings, boolean certificates) {
        prepareProviders();
        DefaultConfig config = new DefaultConfig();
        config.setCipherFactories(inOrder(config.getCipherFactories(), CIPHERS));
        config.setMACFactories(inOrder(config.getMACFactories(), MACS));
        config.setKeyExchangeFactories(config.getKeyExchangeFactories().stream()
                .filter(f -> !WEAK_KEY_EXCHANGES.contains(f.getName()))
                .toList());
        config.setKeyAlgorithms(keyAlgorithms(config.getKeyAlgorithms(), certificates));
        config.setVerifyHostKeyCertificates(false);
        config.setKeepAliveProvider(KeepAliveProvider.KEEP_ALIVE);
        SSHClient client = new SSHClient(config);
        client.getTransport().setTimeoutMs(30_000);
        client.getConnection().setTimeoutMs(30_000);
        client.getConnection().getKeepAlive().setKeepAliveInterval((int)
                Math.max(1, settings.keepAlive().toSeconds()));
        return client;
    }

    private static List<Factory.Named<KeyAlgorithm>> keyAlgorithms(
            List<Factory.Named<KeyAlgorithm>> all, boolean certificates) {
        List<Factory.Named<KeyAlgorithm>> algorithms = new ArrayList<>();
        if (certificates) {
            List<Factory.Named<KeyAlgorithm>> known = new ArrayList<>(all);
            known.add(new KeyAlgorithms.Factory(
                    "rsa-sha2-512-cert-v01@openssh.com", new SignatureRSA.FactoryRSASHA512(), KeyType.RSA_CERT));
            known.add(new KeyAlgorithms.Factory(
                    "rsa-sha2-256-cert-v01@openssh.com", new SignatureRSA.FactoryRSASHA256(), KeyType.RSA_CERT));
            algorithms.addAll(inOrder(known, CERTIFICATES));
        }
        algorithms.addAll(inOrder(all, HOST_KEYS));
        return algorithms;
    }

    static boolean isAlive(SSHClient client) {
        return client.getTransport().isRunning() && client.isAuthenticated();
    }

    static void closeQuietly(SSHClient client) {
        try {
            client.disconnect();
        } catch (IOException e) {
            LOG.debug("closing an SSH connection: {}", e.getMessage());
        }
    }

    /// BouncyCastle is registered last, for key formats the JDK lacks; ciphers come from the JDK, four times faster.
    static synchronized void prepareProviders() {
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
}
