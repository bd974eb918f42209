package dev.enclaveconsole.core.host;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;
import net.schmizz.sshj.userauth.method.AuthMethod;
import net.schmizz.sshj.userauth.method.AuthPublickey;
import org.jspecify.annotations.Nullable;

/// Logs in to one hop: first with those of its keys that the SSH agent holds, then with its key files, then with the
/// agent's other keys. A hop without keys of its own has the usual ones of `~/.ssh`, and the agent's come first. Files
/// opened once are kept open, so that a later connection asks nothing.
final class Login {
    private static final List<String> USUAL = List.of("id_ed25519", "id_ecdsa", "id_rsa");

    private final SshHop hop;
    private final SshSettings settings;
    private final Map<Path, KeyProvider> opened = new HashMap<>();

    Login(SshHop hop, SshSettings settings) {
        this.hop = hop;
        this.settings = settings;
    }

    private interface Candidate {
        String name();

        AuthMethod method() throws ConsoleException;
    }

    /// @return which key was accepted, in words
    /// @throws ConsoleException `host.login-refused`, `host.identity-missing`, `host.identity-protected`,
    ///     `host.identity-unusable`
    synchronized String login(SSHClient client, PassphrasePrompt prompt) throws ConsoleException {
        List<String> refused = new ArrayList<>();
        ConsoleException unusable = null;
        for (Candidate candidate : candidates(client, prompt)) {
            AuthMethod method;
            try {
                method = candidate.method();
            } catch (ConsoleException e) {
                unusable = unusable == null ? e : unusable;
                continue;
            }
            if (accepts(client, method, refused)) {
                return candidate.name();
            }
            refused.add(candidate.name());
        }
        if (unusable != null && refused.isEmpty()) {
            throw unusable;
        }
        throw new ConsoleException(refused.isEmpty() ? noKey() : refused(client, refused, unusable));
    }

    private boolean accepts(SSHClient client, AuthMethod method, List<String> refused) throws ConsoleException {
        try {
            client.auth(hop.user(), method);
            return true;
        } catch (UserAuthException e) {
            return false;
        } catch (TransportException e) {
            if (String.valueOf(e.getMessage()).contains("Too many authentication failures")) {
                throw new ConsoleException(tooMany(refused), e);
            }
            throw new ConsoleException(ConnectProblems.lost(hop.name(), e), e);
        }
    }

    private List<Candidate> candidates(SSHClient client, PassphrasePrompt prompt) {
        List<Path> files = files();
        KeyAgent agent = settings.keyAgent().map(KeyAgent::new).orElse(null);
        List<KeyAgent.Identity> held = new ArrayList<>(agent == null ? List.of() : agent.identities());
        List<Candidate> own = new ArrayList<>();
        List<Candidate> fromFiles = new ArrayList<>();
        for (Path file : files) {
            KeyAgent.Identity same = take(held, file);
            if (same != null && agent != null) {
                own.add(byAgent(agent, same));
            } else if (!file.toString().endsWith(".pub")) {
                fromFiles.add(byFile(client, file, prompt));
            }
        }
        List<Candidate> others = hop.identitiesOnly() || agent == null
                ? List.of()
                : held.stream().map(identity -> byAgent(agent, identity)).toList();
        List<Candidate> all = new ArrayList<>(own);
        all.addAll(hop.identities().isEmpty() ? others : fromFiles);
        all.addAll(hop.identities().isEmpty() ? fromFiles : others);
        return all;
    }

    private List<Path> files() {
        return hop.identities().isEmpty()
                ? USUAL.stream()
                        .map(settings.sshFolder()::resolve)
                        .filter(Files::isRegularFile)
                        .toList()
                : hop.identities();
    }

    private static KeyAgent.@Nullable Identity take(List<KeyAgent.Identity> held, Path file) {
        HostKey wanted = KeyFile.publicKey(file).orElse(null);
        for (KeyAgent.Identity identity : held) {
            if (wanted != null && HostKey.ofBlob(identity.blob()).equals(wanted)) {
                held.remove(identity);
                return identity;
            }
        }
        return null;
    }

    private static Candidate byAgent(KeyAgent agent, KeyAgent.Identity identity) {
        return new Candidate() {
            @Override
            public String name() {
                return identity.type() + " " + identity.describe() + " of the SSH agent";
            }

            @Override
            public AuthMethod method() {
                return new AgentLogin(agent, identity);
            }
        };
    }

    private Candidate byFile(SSHClient client, Path file, PassphrasePrompt prompt) {
        return new Candidate() {
            @Override
            public String name() {
                return file.toString();
            }

            @Override
            public AuthMethod method() throws ConsoleException {
                KeyProvider key = opened.get(file);
                if (key == null) {
                    key = new KeyFile(file, prompt, settings.secrets()).open(client);
                    opened.put(file, key);
                }
                return new AuthPublickey(key);
            }
        };
    }

    private Problem noKey() {
        return Problem.failed(
                "host.identity-missing",
                "There is no key to log in to " + hop.name() + " with.",
                "None of " + String.join(", ", USUAL) + " is in " + settings.sshFolder()
                        + (settings.keyAgent().isPresent() ? ", and the SSH agent holds none." : "."),
                "Give the host's key file in its entry (--identity FILE).");
    }

    private Problem refused(SSHClient client, List<String> keys, @Nullable ConsoleException unusable) {
        String allowed = client.getUserAuth() == null
                ? ""
                : StreamSupport.stream(client.getUserAuth().getAllowedMethods().spliterator(), false)
                        .collect(Collectors.joining(", "));
        return Problem.failed(
                "host.login-refused",
                "The host " + hop.name() + " refuses the login of " + hop.user() + ".",
                "It does not accept the key " + String.join(", ", keys) + "."
                        + (allowed.isEmpty() ? "" : " It accepts: " + allowed + ".")
                        + (unusable == null ? "" : " " + unusable.problem().what()),
                "Check user name and key; on Amazon Linux the user is ec2-user.");
    }

    private Problem tooMany(List<String> keys) {
        return Problem.failed(
                "host.login-refused",
                "The host " + hop.name() + " ended the login of " + hop.user() + " after too many keys.",
                "It refused " + String.join(", ", keys) + ".",
                "Name the right key in the host's entry, and let only that one count.");
    }
}
