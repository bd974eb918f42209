package dev.enclaveconsole.core.predict;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.operation.OperationContext;
import dev.enclaveconsole.core.operation.Progress;
import dev.enclaveconsole.core.trust.VerdictSummary;
import dev.enclaveconsole.protocol.api.ApiError;
import dev.enclaveconsole.protocol.api.ImageResult;
import dev.enclaveconsole.protocol.api.PredictAnswer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// The history of classifications by one attested enclave, with its statistics. Safe for use by several threads.
public final class PredictRun {
    private static final Set<String> FATAL =
            Set.of("enclave.gone", "enclave.key-changed", "host.connection-lost", "enclave.NOT_OPERATOR");

    private final VerdictSummary verdict;
    private final List<PredictEntry> entries = new ArrayList<>();
    private final PredictRecorder recorder = new PredictRecorder();

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
        Instant startedAt = Instant.now();
        long start = System.nanoTime();
        recorder.started(start);
        try {
            PredictAnswer answer = client.predict(image, options, context);
            return record(image, startedAt, start, Optional.of(answer), problem(image, answer));
        } catch (ConsoleException e) {
            return record(image, startedAt, start, Optional.empty(), Optional.of(e.problem()));
        }
    }

    /// As [#classify] one after the other, with progress and `onEntry` after each. Ends early when the enclave or its
    /// host is gone, or another answers in its place: what has no entry was not sent.
    public List<PredictEntry> classifyAll(
            PredictClient client,
            List<ImageSource> images,
            PredictOptions options,
            Consumer<PredictEntry> onEntry,
            OperationContext context) {
        List<PredictEntry> done = new ArrayList<>();
        for (ImageSource image : images) {
            context.checkCancelled();
            context.report(
                    new Progress("Classifying " + image.name(), done.size(), images.size(), Progress.Unit.FILES));
            PredictEntry entry = classify(client, image, options, context);
            done.add(entry);
            onEntry.accept(entry);
            if (endsRun(entry)) {
                return done;
            }
        }
        context.report(new Progress("Classified", done.size(), images.size(), Progress.Unit.FILES));
        return done;
    }

    /// Whether sending more is in vain: the enclave or its host is gone, or another answers in its place.
    public static boolean endsRun(PredictEntry entry) {
        return entry.problem().map(Problem::code).filter(FATAL::contains).isPresent();
    }

    /// Oldest first.
    public synchronized List<PredictEntry> entries() {
        return List.copyOf(entries);
    }

    public PredictStatistics statistics() {
        return recorder.statistics();
    }

    /// One line per label, or per failed image; the verdict is in every line.
    ///
    /// @throws ConsoleException `predict.export-failed`
    public void exportCsv(Path file) throws ConsoleException {
        PredictExport.csv(file, verdict, entries());
    }

    /// One document: verdict, statistics, entries.
    ///
    /// @throws ConsoleException `predict.export-failed`
    public void exportJson(Path file) throws ConsoleException {
        PredictExport.json(file, verdict, statistics(), entries());
    }

    private synchronized PredictEntry record(
            ImageSource image,
            Instant startedAt,
            long start,
            Optional<PredictAnswer> answer,
            Optional<Problem> problem) {
        long end = System.nanoTime();
        PredictEntry entry = new PredictEntry(
                entries.size() + 1,
                image.name(),
                image.file(),
                startedAt,
                (end - start) / 1000,
                answer.map(PredictAnswer::model).orElse(""),
                answer.stream()
                        .flatMap(a -> a.results().stream().limit(1))
                        .flatMap(r -> r.top().stream())
                        .toList(),
                answer.map(PredictAnswer::timings),
                problem);
        entries.add(entry);
        recorder.ended(end, entry);
        return entry;
    }

    private static Optional<Problem> problem(ImageSource image, PredictAnswer answer) {
        if (answer.results().isEmpty()) {
            return Optional.of(Problem.failed(
                    "enclave.answer-unreadable",
                    "The enclave's answer has no result for " + image.name() + ".",
                    "",
                    "Check that the image is one of Enclave Console's."));
        }
        ImageResult result = answer.results().getFirst();
        ApiError error = result.error();
        return error == null
                ? Optional.empty()
                : Optional.of(Problem.failed(
                        "enclave." + error.code(), image.name() + ": " + error.message(), "", error.remedy()));
    }
}
