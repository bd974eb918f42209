package dev.enclaveconsole.core.predict;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.operation.OperationContext;
import dev.enclaveconsole.core.trust.VerdictSummary;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/// The history of classifications by one attested enclave, with its statistics. Safe for use by several threads.
@SuppressWarnings("DoNotCallSuggester")
public final class PredictRun {
    private final VerdictSummary verdict;

    public PredictRun(VerdictSummary verdict) {
        this.verdict = verdict;
    }

    public VerdictSummary verdict() {
        return verdict;
    }

    /// Classifies one image and records the outcome. A failure is an entry with a problem, not an exception; only
    /// cancelling throws.
    public PredictEntry classify(
            PredictClient client, ImageSource image, PredictOptions options, OperationContext context) {
        throw new UnsupportedOperationException();
    }

    /// As [#classify] one after the other, with progress and `onEntry` after each.
    public List<PredictEntry> classifyAll(
            PredictClient client,
            List<ImageSource> images,
            PredictOptions options,
            Consumer<PredictEntry> onEntry,
            OperationContext context) {
        throw new UnsupportedOperationException();
    }

    /// Oldest first.
    public List<PredictEntry> entries() {
        throw new UnsupportedOperationException();
    }

    public PredictStatistics statistics() {
        throw new UnsupportedOperationException();
    }

    /// One line per label, or per failed image; the verdict is in every line.
    public void exportCsv(Path file) throws ConsoleException {
        throw new UnsupportedOperationException();
    }

    /// One document: verdict, statistics, entries.
    public void exportJson(Path file) throws ConsoleException {
        throw new UnsupportedOperationException();
    }
}
