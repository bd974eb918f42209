package dev.enclaveconsole.desktop.cli;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;

/// Numbers that options may have, checked before anything is started or connected.
final class Ranges {

    /// @throws ConsoleException wrong usage
    static void require(String option, long value, long least, long most) throws ConsoleException {
        if (value < least || value > most) {
            throw new ConsoleException(Problem.usage(
                    "usage.out-of-range",
                    "%s cannot be %d.".formatted(option, value),
                    "",
                    "Give a number from %d to %d.".formatted(least, most)));
        }
    }

    private Ranges() {}
}
