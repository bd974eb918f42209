package dev.enclaveconsole.desktop.ui;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// Something went wrong: in the user's world, or in ours.
public sealed interface Failure {

    record Expected(Problem problem) implements Failure {}

    /// A bug of this program.
    ///
    /// @param code short, the same each time the same thing breaks at the same place
    /// @param report for a bug report: versions and places in the code, no message of the exception, as that could
    ///     hold names of the user's files
    record Bug(String code, String report) implements Failure {}

    static Failure of(Throwable thrown) {
        return thrown instanceof ConsoleException expected ? new Expected(expected.problem()) : bug(thrown);
    }

    /// The failure in one line, for histories and lists.
    default String sentence() {
        return switch (this) {
            case Expected(Problem problem) -> problem.sentence();
            case Bug(String code, String _) -> text("bug.sentence", code);
        };
    }

    private static Failure bug(Throwable thrown) {
        String places = Arrays.stream(thrown.getStackTrace())
                .limit(30)
                .map(f -> f.getClassName() + "." + f.getMethodName() + ":" + f.getLineNumber())
                .collect(Collectors.joining("\n  ", "  ", ""));
        String ours = Arrays.stream(thrown.getStackTrace())
                .filter(f -> f.getClassName().startsWith("dev.enclaveconsole"))
                .map(f -> f.getClassName() + "." + f.getMethodName())
                .findFirst()
                .orElse("");
        int hash = (thrown.getClass().getName() + ours).hashCode() & 0xFFFF;
        String code = String.format(Locale.ROOT, "BUG-%04X", hash);
        String report = code + "\n" + thrown.getClass().getName() + "\n" + places + "\nJava "
                + System.getProperty("java.version") + ", " + System.getProperty("os.name");
        return new Bug(code, report);
    }
}
