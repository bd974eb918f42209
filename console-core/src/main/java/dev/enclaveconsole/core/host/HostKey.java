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

    private int rsaBits() {
        Buffer.PlainBuffer buffer = new Buffer.PlainBuffer(blob());
        try {
            buffer.readString();
            buffer.readMPInt();
            return buffer.readMPInt().bitLength();
        } catch (Buffer.BufferException e) {
            return 0;
        }
    }
}
