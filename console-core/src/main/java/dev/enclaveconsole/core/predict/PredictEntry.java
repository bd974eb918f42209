package dev.enclaveconsole.core.predict;

import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.protocol.api.LabelScore;
import dev.enclaveconsole.protocol.api.PhaseTimings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One image of a run: either labels with timings, or a problem.
///
/// @param number 1 for the first of the run
/// @param file the image's name; `path` where it came from a file
/// @param latencyMicros from sending the request to having read the answer, as the user waits
/// @param timings inside the enclave; empty if the request failed
public record PredictEntry(
        int number,
        String file,
        Optional<Path> path,
        Instant startedAt,
        long latencyMicros,
        String model,
        List<LabelScore> top,
        Optional<PhaseTimings> timings,
        Optional<Problem> problem) {}
