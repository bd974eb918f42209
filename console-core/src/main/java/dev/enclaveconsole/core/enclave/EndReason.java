package dev.enclaveconsole.core.enclave;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds out from the last lines of an enclave's console and of nitro-cli's log why it is gone.
final class EndReason {
    private static final int SIGNAL_BITS = 0x7F;
    private static final int EXIT_SHIFT = 8;
    private static final int EXIT_BITS = 0xFF;
    private static final Pattern INIT_KILLED = Pattern.compile("Attempted to kill init! exitcode=0x([0-9a-fA-F]{8})");
    private static final Pattern OOM = Pattern.compile("Out of memory: Killed process \\d+ \\(([^)]*)\\)");
    private static final Pattern JAVA_OOM = Pattern.compile("java\\.lang\\.OutOfMemoryError.*");
    private static final Pattern PANIC = Pattern.compile("Kernel panic - not syncing: (.*)");
    private static final Pattern RESTART = Pattern.compile("reboot: (Restarting system|Power down|System halted)");

    /// @param console empty if it was no debug enclave
    static String of(boolean debug, List<String> console, List<String> log) {
        String text = String.join("\n", console);
        Optional<String> told =
                memory(text).or(() -> initEnded(text)).or(() -> panic(text)).or(() -> restarted(text));
        if (told.isPresent()) {
            return told.get();
        }
        String nitro = String.join("\n", log);
        String how = nitro.contains("erminat") && !nitro.contains("hang-up")
                ? "Somebody terminated it on the host."
                : nitro.contains("hang-up")
                        ? "It stopped by itself: nitro-cli noticed that the enclave hung up."
                        : "Nothing on the host says why.";
        return how + lastWords(debug, console);
    }

    private static String lastWords(boolean debug, List<String> console) {
        if (!debug) {
            return " It was no debug enclave, so it left no console; launch it in debug mode to see more.";
        }
        return console.reversed().stream()
                .filter(line -> !line.isBlank())
                .findFirst()
                .map(line -> " The last line of its console: " + line.strip())
                .orElse(" Its console is empty.");
    }

    private static Optional<String> memory(String text) {
        Matcher killed = OOM.matcher(text);
        if (killed.find()) {
            return Optional.of("Its memory ran out: the kernel ended " + killed.group(1) + ". Give it more memory.");
        }
        Matcher java = JAVA_OOM.matcher(text);
        return java.find()
                ? Optional.of("Its program ran out of memory: " + java.group().strip() + ". Give it more memory.")
                : Optional.empty();
    }

    private static Optional<String> initEnded(String text) {
        Matcher init = INIT_KILLED.matcher(text);
        if (!init.find()) {
            return Optional.empty();
        }
        int status = Integer.parseUnsignedInt(init.group(1), 16);
        int signal = status & SIGNAL_BITS;
        return Optional.of(
                signal != 0
                        ? "Its program was ended by signal " + signal + "."
                        : "Its program ended with exit code " + ((status >> EXIT_SHIFT) & EXIT_BITS) + ".");
    }

    private static Optional<String> panic(String text) {
        Matcher panic = PANIC.matcher(text);
        return panic.find()
                ? Optional.of("Its kernel stopped: " + panic.group(1).strip())
                : Optional.empty();
    }

    private static Optional<String> restarted(String text) {
        return RESTART.matcher(text).find()
                ? Optional.of("Its program ended, and the enclave with it.")
                : Optional.empty();
    }

    private EndReason() {}
}
