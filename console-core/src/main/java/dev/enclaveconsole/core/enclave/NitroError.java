package dev.enclaveconsole.core.enclave;

import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.host.CommandResult;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An error as nitro-cli prints it on standard error. Of several the first is the cause: a failed launch reports the
/// enclave process's own error, then `E39` on top of it.
///
/// @param code `E00` to `E60`
/// @param log path of the log file on the host, if named
public record NitroError(String code, String message, Optional<String> log) {
    /// 1 and 2 are also what shells and argument parsers exit with.
    private static final int LEAST_EXIT_CODE = 3;

    private static final int LAST_CODE = 60;
    private static final Pattern LINE = Pattern.compile("(?m)^\\[ (E\\d{2}) ] (.*)$");
    private static final Pattern LOG = Pattern.compile("error log found at \"([^\"]+)\"");

    /// The error that a failed call printed, or else the one that its exit code, the code's number, names.
    public static Optional<NitroError> first(CommandResult result) {
        Optional<NitroError> printed = first(result.stderr());
        boolean isCode = result.exitCode() >= LEAST_EXIT_CODE && result.exitCode() <= LAST_CODE;
        return printed.isPresent() || !isCode
                ? printed
                : Optional.of(new NitroError(
                        "E%02d".formatted(result.exitCode()), result.stderr().strip(), Optional.empty()));
    }

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
    /// @param logText what the error log says, empty if it could not be read
    public Problem problem(String what, String logText) {
        Optional<NitroErrors.Explanation> explanation = NitroErrors.explain(code);
        String meaning = explanation.map(e -> e.meaning() + " ").orElse("");
        String logged = log.map(path -> " (log on the host: " + path + ")").orElse("");
        String driver = DriverErrors.explain(message + "\n" + logText)
                .map(text -> " " + text)
                .orElse("");
        return Problem.failed(
                        "nitro." + code,
                        what,
                        meaning + "nitro-cli says " + code + ": " + message + driver + logged,
                        explanation.map(NitroErrors.Explanation::remedy).orElse("See AWS's list of nitro-cli errors."))
                .withDetails(logText);
    }
}
