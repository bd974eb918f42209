package dev.enclaveconsole.sandbox.nitrocli;

import dev.enclaveconsole.sandbox.enclave.NitroFailure;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Properties;

/// Words for the error codes, in the form in which `nitro-cli` prints them.
final class ErrorTexts {

    private static final String HELP = "https://docs.aws.amazon.com/enclaves/latest/user/cli-errors.html#";

    private final Properties texts = new Properties();
    private final Path logs;
    private final Clock clock;

    /// @param logs folder for error logs, in place of /var/log/nitro_enclaves
    ErrorTexts(Path logs, Clock clock) {
        this.logs = logs;
        this.clock = clock;
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(ErrorTexts.class.getResourceAsStream("errors.properties")),
                StandardCharsets.UTF_8)) {
            texts.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException("the error texts cannot be read", e);
        }
    }

    /// Description, help link, path of the error log; with the trace itself when asked for.
    String describe(NitroFailure failure, String action, boolean backtrace) {
        String code = code(failure.code());
        String trace = "  Action: " + action + "\n  Subactions:\n    " + failure.getMessage()
                + "\n  Root error file: sandbox\n  Root error line: 0\n  Version: 1.5.0";
        StringBuilder text = new StringBuilder("[ " + code + " ] " + message(failure, code));
        text.append("\n\nFor more details, please visit ").append(HELP).append(code);
        if (backtrace) {
            text.append("\n\nBacktrace:\n").append(trace);
        }
        text.append("\n\nIf you open a support ticket, please provide the error log found at \"")
                .append(log(trace))
                .append('"');
        return text.toString();
    }

    /// Text of a code for `explain`.
    String explain(String code) {
        String explained = texts.getProperty(code + ".explain", texts.getProperty(code));
        return explained == null ? "No such error code " + code : explained;
    }

    private String message(NitroFailure failure, String code) {
        String key = code.equals("E26") && failure.details().size() < 3 ? "E26.zero" : code;
        String text = texts.getProperty(key, texts.getProperty("E00"));
        for (int i = 0; i < failure.details().size(); i++) {
            text = text.replace("{" + i + "}", failure.details().get(i));
        }
        boolean namesFile = code.equals("E19") && failure.details().size() == 2;
        return namesFile
                ? text
                        + "\nFile: '%s', failing operation: '%s'."
                                .formatted(failure.details().toArray())
                : text;
    }

    private Path log(String trace) {
        Path file = logs.resolve("err"
                + OffsetDateTime.now(clock.withZone(ZoneOffset.UTC)).toString().replace("Z", "+00:00") + ".log");
        try {
            Files.writeString(file, trace + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("the error log cannot be written", e);
        }
        return file;
    }

    private static String code(int number) {
        return "E%02d".formatted(number);
    }
}
