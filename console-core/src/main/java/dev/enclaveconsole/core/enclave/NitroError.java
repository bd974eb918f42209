package dev.enclaveconsole.core.enclave;

import dev.enclaveconsole.core.failure.Problem;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An error as nitro-cli prints it on standard error. Of several the first is the cause: a failed launch reports the
/// enclave process's own error, then `E39` on top of it.
///
/// @param code `E00` to `E60`
/// @param log path of the log file on the host, if named
public record NitroError(String code, String message, Optional<String> log) {
    private static final Pattern LINE = Pattern.compile("(?m)^\\[ (E\\d{2}) ] (.*)$");
    private static final Pattern LOG = Pattern.compile("error log found at \"([^\"]+)\"");

    public static Optional<NitroError> first(String stderr) {
        Matcher line = LINE.matcher(stderr);
        if (!line.find()) {
            return Optional.empty();
        }
        Matcher log = LOG.matcher(stderr);
        return Optional.of(new NitroError(
                line.group(1), line.group(2).strip(), log.find() ? Optional.of(log.group(1)) : Optional.empty()));
    }

    /// @param what the sentence that names what could not be done
    public Problem problem(String what) {
        Optional<NitroErrors.Explanation> explanation = NitroErrors.explain(code);
        String meaning = explanation.map(e -> e.meaning() + " ").orElse("");
        String logged = log.map(path -> " (log on the host: " + path + ")").orElse("");
        return Problem.failed(
                "nitro." + code,
                what,
                meaning + "nitro-cli says " + code + ": " + message + logged,
                explanation.map(NitroErrors.Explanation::remedy).orElse("See AWS's list of nitro-cli errors."));
    }
}
