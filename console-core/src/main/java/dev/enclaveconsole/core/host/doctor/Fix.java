package dev.enclaveconsole.core.host.doctor;

import java.util.List;
import java.util.stream.Collectors;

/// What puts one finding right, and what takes it back.
///
/// @param id that of the finding
/// @param steps run in order until one fails
/// @param undo run in order to take it back; kept on the host from the moment the fix begins
/// @param needsNewLogin it shows only in connections opened afterwards
public record Fix(String id, String title, List<Step> steps, List<Step> undo, boolean needsNewLogin) {
    public Fix {
        steps = List.copyOf(steps);
        undo = List.copyOf(undo);
    }

    /// Its commands as a script, each with a comment that says what it does.
    public String script() {
        return script(steps);
    }

    public String undoScript() {
        return script(undo);
    }

    private static String script(List<Step> steps) {
        return steps.stream()
                .map(step -> "# " + step.says() + "\n" + step.command().stripTrailing() + "\n")
                .collect(Collectors.joining());
    }
}
