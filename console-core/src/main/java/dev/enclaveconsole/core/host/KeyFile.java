package dev.enclaveconsole.core.host;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.secrets.SecretStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.userauth.keyprovider.KeyPairWrapper;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;
import net.schmizz.sshj.userauth.password.PasswordFinder;
import net.schmizz.sshj.userauth.password.Resource;
import org.jspecify.annotations.Nullable;

/// One private key file: OpenSSH's format, PEM as EC2 makes it, PKCS#8, or PuTTY's. A passphrase comes from the
/// keychain or from the user; a wrong one in the keychain is forgotten.
final class KeyFile {
    private static final int ATTEMPTS = 3;

    private final Path file;
    private final PassphrasePrompt prompt;
    private final SecretStore secrets;
    private int asked;
    private boolean triedKeychain;
    private boolean givenUp;
    private char @Nullable [] typed;

    KeyFile(Path file, PassphrasePrompt prompt, SecretStore secrets) {
        this.file = file;
        this.prompt = prompt;
        this.secrets = secrets;
    }

    /// The public key beside the file, or in it: `KEY.pub`, else nothing.
    static Optional<HostKey> publicKey(Path file) {
        Path beside = file.toString().endsWith(".pub") ? file : file.resolveSibling(file.getFileName() + ".pub");
        try {
            List<String> fields = List.of(
                    Files.readString(beside, StandardCharsets.UTF_8).strip().split("\\s+"));
            if (fields.size() < 2) {
                return Optional.empty();
            }
            return Optional.of(HostKey.ofBlob(Base64.getDecoder().decode(fields.get(1))));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// @throws ConsoleException `host.identity-missing`, `host.identity-protected`, `host.identity-unusable`
    KeyProvider open(SSHClient client) throws ConsoleException {
        if (!Files.isReadable(file)) {
            throw new ConsoleException(missing());
        }
        try {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            KeyProvider key = Pkcs8Key.isOne(text) ? pkcs8(text) : sshj(client);
            keepIfWanted();
            return key;
        } catch (IOException | RuntimeException e) {
            throw new ConsoleException(asked > 0 ? locked() : unusable(), e);
        } finally {
            wipe();
        }
    }

    private KeyProvider sshj(SSHClient client) throws IOException {
        KeyProvider key = client.loadKeys(file.toString(), new Passphrases());
        key.getPrivate();
        return key;
    }

    private KeyProvider pkcs8(String text) throws IOException {
        if (!Pkcs8Key.isProtected(text)) {
            return new KeyPairWrapper(Pkcs8Key.read(text, new char[0]));
        }
        while (true) {
            char[] passphrase = next();
            try {
                return new KeyPairWrapper(Pkcs8Key.read(text, passphrase));
            } catch (IOException e) {
                if (givenUp || asked >= ATTEMPTS) {
                    throw e;
                }
            } finally {
                Arrays.fill(passphrase, '\0');
            }
        }
    }

    /// The keychain's passphrase first, then what the user types.
    private char[] next() {
        if (!triedKeychain) {
            triedKeychain = true;
            Optional<char[]> kept = secrets.find(secretName());
            if (kept.isPresent()) {
                return kept.get();
            }
        } else if (asked == 0) {
            secrets.forget(secretName());
        }
        asked++;
        wipe();
        Optional<char[]> answer = prompt.passphrase(file, asked);
        givenUp = answer.isEmpty();
        typed = answer.map(char[]::clone).orElse(null);
        return answer.orElseGet(() -> new char[0]);
    }

    private void keepIfWanted() {
        char[] passphrase = typed;
        if (passphrase != null && secrets.isAvailable() && prompt.keep(file)) {
            secrets.keep(secretName(), passphrase);
        }
    }

    private void wipe() {
        char[] passphrase = typed;
        if (passphrase != null) {
            Arrays.fill(passphrase, '\0');
            typed = null;
        }
    }

    private String secretName() {
        return "key-file:" + file.toAbsolutePath().normalize();
    }

    private Problem missing() {
        return Problem.failed(
                "host.identity-missing",
                "The key file " + file + " cannot be read.",
                Files.exists(file) ? "This user has no permission." : "It does not exist.",
                "Correct the path or the permissions.");
    }

    private Problem locked() {
        return Problem.failed(
                "host.identity-protected",
                "The key file " + file + " is protected by a passphrase.",
                givenUp ? "None was given." : "The passphrase given does not open it.",
                "Give its passphrase, add the key to your SSH agent, or use a key without one.");
    }

    private Problem unusable() {
        return Problem.failed(
                "host.identity-unusable",
                "The file " + file + " is no private key that can be used.",
                "Its format is not supported or it is damaged.",
                "OpenSSH, PEM and PKCS#8 keys (RSA, ECDSA, Ed25519) work; convert others with: ssh-keygen -p -f FILE");
    }

    private final class Passphrases implements PasswordFinder {
        @Override
        public char[] reqPassword(Resource<?> resource) {
            return next();
        }

        @Override
        public boolean shouldRetry(Resource<?> resource) {
            return !givenUp && asked < ATTEMPTS;
        }
    }
}
