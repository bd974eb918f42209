package dev.enclaveconsole.desktop.cli;

import dev.enclaveconsole.core.host.HostKeyDecider;
import dev.enclaveconsole.core.host.PassphrasePrompt;
import java.io.Console;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Asks the person at the terminal; where nobody sits at it, the answer is no.
final class TerminalQuestions implements HostKeyDecider, PassphrasePrompt {
    private static final int ATTEMPTS = 3;
    private final Output output;
    private final @Nullable Console terminal = terminal();

    TerminalQuestions(Output output) {
        this.output = output;
    }

    @Override
    public boolean trust(Question question) {
        output.progress("The key of " + question.host() + " is not known yet. It is " + question.keyType() + " "
                + question.sha256());
        output.progress(question.randomart());
        if (terminal == null) {
            output.progress("Nobody can be asked here. Run this once in a terminal, or compare the key and add it to"
                    + " ~/.ssh/known_hosts.");
            return false;
        }
        output.progress("Compare it with what the host's administrator or its console output says.");
        return "yes".equals(terminal.readLine("Trust this key from now on (yes/no)? "));
    }

    @Override
    public boolean replace(Change change) {
        Question presented = change.presented();
        output.progress("THE KEY OF " + presented.host()
                + " HAS CHANGED. Somebody may be intercepting the connection, or" + " the host was set up anew.");
        change.known().forEach(known -> show("Known:", known));
        show("Presented now:", presented);
        if (terminal == null) {
            output.progress("Nobody can be asked here; the connection stays blocked.");
            return false;
        }
        output.progress(
                "Only if the host's administrator confirms the new fingerprint, type the last eight characters of"
                        + " it to replace the known key.");
        String last = presented.sha256().substring(presented.sha256().length() - 8);
        return last.equals(terminal.readLine("Last eight characters, or Enter to stay blocked: "));
    }

    private void show(String label, Question key) {
        output.progress(label + " " + key.keyType() + " " + key.sha256());
        output.progress(key.randomart());
    }

    @Override
    public boolean keep(Path keyFile) {
        return terminal != null
                && "yes".equals(terminal.readLine("Keep this passphrase in the system's keychain (yes/no)? "));
    }

    @Override
    public Optional<char[]> passphrase(Path keyFile, int attempt) {
        return terminal == null || attempt > ATTEMPTS
                ? Optional.empty()
                : Optional.ofNullable(terminal.readPassword("Passphrase of %s: ", keyFile));
    }

    private static @Nullable Console terminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).orElse(null);
    }
}
