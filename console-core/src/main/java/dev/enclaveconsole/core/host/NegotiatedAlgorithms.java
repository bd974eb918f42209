package dev.enclaveconsole.core.host;

import java.util.ArrayList;
import java.util.List;

/// What one SSH connection agreed on, by SSH's names of algorithms.
///
/// @param mac empty where the cipher proves integrity itself
/// @param weaknesses in words, empty if there are none
public record NegotiatedAlgorithms(
        String keyExchange, String hostKey, String cipher, String mac, List<String> weaknesses) {
    private static final int SHORTEST_RSA = 2048;

    static NegotiatedAlgorithms of(net.schmizz.sshj.transport.NegotiatedAlgorithms agreed, HostKey key) {
        String kex = agreed.getKeyExchangeAlgorithm();
        String cipher = agreed.getServer2ClientCipherAlgorithm();
        boolean authenticated = cipher.contains("-gcm") || cipher.contains("poly1305");
        String mac = authenticated ? "" : agreed.getServer2ClientMACAlgorithm();
        List<String> weak = new ArrayList<>();
        if (isSha1(kex)) {
            weak.add("The key exchange " + kex + " uses SHA-1.");
        }
        if (isSha1(mac)) {
            weak.add("The message authentication " + mac + " uses SHA-1.");
        }
        if (cipher.contains("cbc") || cipher.contains("3des") || cipher.contains("arcfour")) {
            weak.add("The cipher " + cipher + " is retired.");
        }
        if (agreed.getSignatureAlgorithm().equals("ssh-rsa")) {
            weak.add("The host proves its key by SHA-1.");
        }
        int bits = key.rsaBits();
        if (bits > 0 && bits < SHORTEST_RSA) {
            weak.add("The host's RSA key has only " + bits + " bits.");
        }
        return new NegotiatedAlgorithms(kex, agreed.getSignatureAlgorithm(), cipher, mac, List.copyOf(weak));
    }

    private static boolean isSha1(String algorithm) {
        return algorithm.matches(".*(sha1|md5)(-.*|@.*)?");
    }

    /// All four in one line.
    public String describe() {
        return keyExchange + ", " + hostKey + ", " + cipher + (mac.isEmpty() ? "" : ", " + mac);
    }
}
