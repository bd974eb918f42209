package dev.enclaveconsole.core.host;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/// Remembers the last commands of a session, and gives them as a script.
final class CommandRecorder {
    private static final int REMEMBERED = 1000;

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

    String script(String title) {
        return commands().stream()
                .map(c -> c.commandLine() + "\n")
                .collect(Collectors.joining("", "#!/bin/sh\n# " + title + "\n", ""));
    }

    final class Recording {
        private final String line;
        private final Instant startedAt;
        private volatile RecordedCommand result;

        Recording(String line, Instant startedAt) {
            this.line = line;
            this.startedAt = startedAt;
            this.result = new RecordedCommand(line, startedAt, Duration.ZERO, OptionalInt.empty());
        }

        void ended(int exitCode) {
            result = new RecordedCommand(line, startedAt, sinceStart(), OptionalInt.of(exitCode));
        }

        void brokenUnlessEnded() {
            if (result.exitCode().isEmpty()) {
                result = new RecordedCommand(line, startedAt, sinceStart(), OptionalInt.empty());
            }
        }

        private RecordedCommand snapshot() {
            return result;
        }

        private Duration sinceStart() {
            return Duration.between(startedAt, clock.instant());
        }
    }
}
