package dev.enclaveconsole.core.host;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;
import net.schmizz.sshj.userauth.password.PasswordFinder;
import net.schmizz.sshj.userauth.password.Resource;

/// The key files that a login tries: the entry's own, or the usual ones of `~/.ssh`.
final class Identities {
    private static final List<String> USUAL = List.of("id_ed25519", "id_ecdsa", "id_rsa");
    private static final int ATTEMPTS = 3;

    private final HostEntry host;
    private final Path sshFolder;
    private final PassphrasePrompt prompt;
    private final List<String> skipped = new ArrayList<>();

    Identities(HostEntry host, Path sshFolder, PassphrasePrompt prompt) {
        this.host = host;
        this.sshFolder = sshFolder;
        this.prompt = prompt;
    }

    /// Keys that can be used. Of the usual ones, those that cannot be read are skipped; the entry's own must be
    /// usable.
    List<KeyProvider> load(SSHClient client) throws ConsoleException {
        if (host.identityFile().isPresent()) {
            return List.of(load(client, host.identityFile().get()));
        }
        List<KeyProvider> keys = new ArrayList<>();
        for (Path file : USUAL.stream()
                .map(sshFolder::resolve)
                .filter(Files::isRegularFile)
                .toList()) {
            try {
                keys.add(load(client, file));
            } catch (ConsoleException e) {
                skipped.add(e.problem().sentence());
            }
        }
        if (keys.isEmpty()) {
            throw new ConsoleException(Problem.failed(
                    "host.identity-missing",
                    "There is no key to log in to " + host.name() + " with.",
                    skipped.isEmpty()
                            ? "None of " + String.join(", ", USUAL) + " is in " + sshFolder + "."
                            : String.join(" ", skipped),
                    "Give the host's key file in its entry (--identity FILE)."));
        }
        return keys;
    }

    /// Names of the files tried, for messages.
    String describe() {
        return host.identityFile()
                .map(Path::toString)
                .orElseGet(() -> String.join(
                        ", ",
                        Stream.concat(
                                        USUAL.stream()
                                                .map(sshFolder::resolve)
                                                .filter(Files::isRegularFile)
                                                .map(Path::toString),
                                        skipped.stream())
                                .toList()));
    }

    private KeyProvider load(SSHClient client, Path file) throws ConsoleException {
        if (!Files.isReadable(file)) {
            throw new ConsoleException(Problem.failed(
                    "host.identity-missing",
                    "The key file " + file + " cannot be read.",
                    Files.exists(file) ? "This user has no permission." : "It does not exist.",
                    "Correct the path or the permissions."));
        }
        Passphrases passphrases = new Passphrases(file, prompt);
        try {
            KeyProvider key = client.loadKeys(file.toString(), passphrases);
            key.getPrivate();
            return key;
        } catch (IOException | RuntimeException e) {
            throw new ConsoleException(passphrases.asked > 0 ? locked(file, passphrases) : unusable(file), e);
        }
    }

    private static Problem locked(Path file, Passphrases passphrases) {
        return Problem.failed(
                "host.identity-protected",
                "The key file " + file + " is protected by a passphrase.",
                passphrases.givenUp ? "None was given." : "The passphrase given does not open it.",
                "Give its passphrase, or use a key without one.");
    }

    private static Problem unusable(Path file) {
        return Problem.failed(
                "host.identity-unusable",
                "The file " + file + " is no private key that can be used.",
                "Its format is not supported or it is damaged.",
                "OpenSSH and PEM keys (RSA, ECDSA, Ed25519) work; convert others with: ssh-keygen -p -f FILE");
    }

    private static final class Passphrases implements PasswordFinder {
        private final Path file;
        private final PassphrasePrompt prompt;
        private int asked;
        private boolean givenUp;

        Passphrases(Path file, PassphrasePrompt prompt) {
            this.file = file;
            this.prompt = prompt;
        }

        @Override
        public char[] reqPassword(Resource<?> resource) {
            asked++;
            Optional<char[]> answer = prompt.passphrase(file, asked);
            givenUp = answer.isEmpty();
            return answer.orElseGet(() -> new char[0]);
        }

        @Override
        public boolean shouldRetry(Resource<?> resource) {
            return !givenUp && asked < ATTEMPTS;
        }
    }
}
