package dev.enclaveconsole.sandbox.ssh;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.util.security.SecurityUtils;

/// Ed25519 keys made for one run of the sandbox.
public final class SshKeys {

    private SshKeys() {}

    public static KeyPair generate() throws GeneralSecurityException {
        KeyPairGenerator generator = SecurityUtils.getKeyPairGenerator("Ed25519");
        return generator.generateKeyPair();
    }

    /// Writes the private key in OpenSSH's format with mode 0600.
    public static void write(KeyPair key, Path file, String comment) throws IOException, GeneralSecurityException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (OutputStream output = Files.newOutputStream(file, StandardOpenOption.WRITE)) {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(key, comment, null, output);
        }
    }

    /// `ssh-ed25519 AAAA…`
    public static String publicLine(KeyPair key) {
        return PublicKeyEntry.toString(key.getPublic());
    }
}
