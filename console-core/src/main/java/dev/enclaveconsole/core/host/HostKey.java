package dev.enclaveconsole.core.host;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Base64;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.KeyType;

/// A public key as it stands in a known_hosts file.
///
/// @param type e.g. `ssh-ed25519`
/// @param base64 of the key's SSH encoding
record HostKey(String type, String base64) {

    static HostKey of(PublicKey key) {
        byte[] blob = new Buffer.PlainBuffer().putPublicKey(key).getCompactData();
        return new HostKey(KeyType.fromKey(key).toString(), Base64.getEncoder().encodeToString(blob));
    }

    /// From a key's SSH encoding, which begins with its type.
    static HostKey ofBlob(byte[] blob) {
        try {
            return new HostKey(
                    new Buffer.PlainBuffer(blob).readString(),
                    Base64.getEncoder().encodeToString(blob));
        } catch (Buffer.BufferException e) {
            throw new IllegalArgumentException("not the encoding of a key", e);
        }
    }

    byte[] blob() {
        return Base64.getDecoder().decode(base64);
    }

    /// OpenSSH's form, `SHA256:…`.
    String fingerprint() {
        return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(sha256());
    }

    String randomart() {
        return Randomart.draw(title(), sha256());
    }

    /// What to ask about this key of `host`.
    HostKeyDecider.Question question(String host) {
        return new HostKeyDecider.Question(host, type, fingerprint(), randomart());
    }

    private byte[] sha256() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(blob());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private String title() {
        return switch (type) {
            case "ssh-ed25519" -> "ED25519 256";
            case "ecdsa-sha2-nistp256" -> "ECDSA 256";
            case "ecdsa-sha2-nistp384" -> "ECDSA 384";
            case "ecdsa-sha2-nistp521" -> "ECDSA 521";
            case "ssh-rsa" -> "RSA " + rsaBits();
            default -> type;
        };
    }

    /// Length of the modulus, 0 if this is no RSA key.
    int rsaBits() {
        Buffer.PlainBuffer buffer = new Buffer.PlainBuffer(blob());
        try {
            if (!buffer.readString().equals("ssh-rsa")) {
                return 0;
            }
            buffer.readMPInt();
            return buffer.readMPInt().bitLength();
        } catch (Buffer.BufferException e) {
            return 0;
        }
    }
}
