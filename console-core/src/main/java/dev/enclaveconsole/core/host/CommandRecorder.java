package dev.enclaveconsole.core.host;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;

/// Remembers the last commands of a session with time, exit code and output, and gives them as a script.
final class CommandRecorder {
    private static final int REMEMBERED = 1000;
    private static final int CHARACTERS = 64 * 1024;

    private final Clock clock;
    private final Deque<Recording> recordings = new ArrayDeque<>();

    CommandRecorder(Clock clock) {
        this.clock = clock;
    }

    synchronized Recording started(String line) {
        if (recordings.size() == REMEMBERED) {
            recordings.removeFirst();
        }
        Recording recording = new Recording(line, clock.instant());
        recordings.addLast(recording);
        return recording;
    }

    synchronized List<RecordedCommand> commands() {
        return recordings.stream().map(Recording::snapshot).toList();
    }

    /// Each command with when it ran and how it ended as a comment above it.
    String script(String title) {
        StringBuilder script = new StringBuilder("#!/bin/sh\n# ").append(title).append('\n');
        for (RecordedCommand command : commands()) {
            script.append("\n# ")
                    .append(command.startedAt().truncatedTo(ChronoUnit.SECONDS))
                    .append(", ")
                    .append(ending(command))
                    .append('\n')
                    .append(command.commandLine())
                    .append('\n');
        }
        return script.toString();
    }

    private static String ending(RecordedCommand command) {
        return command.exitCode().isEmpty()
                ? "did not end"
                : "exit code " + command.exitCode().getAsInt() + " after "
                        + command.took().toMillis() + " ms";
    }

    final class Recording {
        private final String line;
        private final Instant startedAt;
        private volatile RecordedCommand result;

        Recording(String line, Instant startedAt) {
            this.line = line;
            this.startedAt = startedAt;
            this.result = new RecordedCommand(line, startedAt, Duration.ZERO, OptionalInt.empty(), "", "");
        }

        void ended(CommandResult end) {
            result = new RecordedCommand(
                    line,
                    startedAt,
                    sinceStart(),
                    OptionalInt.of(end.exitCode()),
                    tail(end.stdout()),
                    tail(end.stderr()));
        }

        void brokenUnlessEnded() {
            if (result.exitCode().isEmpty()) {
                result = new RecordedCommand(line, startedAt, sinceStart(), OptionalInt.empty(), "", "");
            }
        }

        private RecordedCommand snapshot() {
            return result;
        }

        private Duration sinceStart() {
            return Duration.between(startedAt, clock.instant());
        }
    }

    private static String tail(String text) {
        return text.length() <= CHARACTERS ? text : text.substring(text.length() - CHARACTERS);
    }
}
