package dev.enclaveconsole.desktop.predict;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import dev.enclaveconsole.core.benchmark.Plot;
import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.operation.OperationContext;
import dev.enclaveconsole.core.operation.Progress;
import dev.enclaveconsole.core.predict.ImageSource;
import dev.enclaveconsole.core.predict.PredictClient;
import dev.enclaveconsole.core.predict.PredictEntry;
import dev.enclaveconsole.core.predict.PredictOptions;
import dev.enclaveconsole.core.predict.PredictRun;
import dev.enclaveconsole.core.predict.PredictStatistics;
import dev.enclaveconsole.core.trust.AttestedSession;
import dev.enclaveconsole.core.trust.VerdictSummary;
import dev.enclaveconsole.desktop.ui.AppContext;
import dev.enclaveconsole.desktop.ui.Background;
import dev.enclaveconsole.desktop.ui.Failure;
import dev.enclaveconsole.desktop.ui.TaskLine;
import dev.enclaveconsole.desktop.ui.Workspace;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// Images in, answers out, with the history and figures of the run.
public final class PredictViewModel {
    private static final int KEPT_ITEMS = 500;
    private static final int KEPT_HISTORY = 2000;
    private static final int KEPT_SECONDS = 900;

    private final Workspace workspace;
    private final Background background;
    private final ObservableList<PredictItem> items = FXCollections.observableArrayList();
    private final ObservableList<PredictEntry> history = FXCollections.observableArrayList();
    private final ObjectProperty<@Nullable PredictItem> selected = new SimpleObjectProperty<>();
    private final BooleanProperty dirty = new SimpleBooleanProperty();
    private LatencySeries series = new LatencySeries(KEPT_SECONDS);
    private @Nullable PredictRun run;
    private int submissions;

    public PredictViewModel(AppContext app) {
        this.workspace = app.workspace();
        this.background = app.background();
        workspace.attestedProperty().subscribe(this::sessionChanged);
    }

    /// A run's figures belong to one enclave and one verdict.
    private void sessionChanged(@Nullable AttestedSession session) {
        if (session == null) {
            return;
        }
        VerdictSummary verdict = VerdictSummary.of(session.verdict());
        boolean same = run != null
                && run.verdict().moduleId().equals(verdict.moduleId())
                && run.verdict().banner().equals(verdict.banner());
        if (!same) {
            startRun(verdict);
        }
    }

    private void startRun(VerdictSummary verdict) {
        run = new PredictRun(verdict);
        series = new LatencySeries(KEPT_SECONDS);
        items.clear();
        history.clear();
        selected.set(null);
        dirty.set(true);
    }

    /// Forgets the history and starts counting anew.
    public void clear() {
        if (run != null) {
            startRun(run.verdict());
        }
    }

    /// Classifies files, and all images below folders.
    public void submit(List<Path> filesAndFolders) {
        background.start(
                "select " + ++submissions,
                text("predict.task.select"),
                _ -> ImageSource.select(filesAndFolders),
                this::take);
    }

    /// Classifies a picture from the clipboard.
    public void submitImage(byte[] png) {
        background.start(
                "select " + ++submissions,
                text("predict.task.select"),
                _ -> new ImageSource.Selection(
                        List.of(ImageSource.ofBytes(text("predict.pasted", submissions), png)), List.of()),
                this::take);
    }

    private void take(ImageSource.Selection selection) {
        List<PredictItem> rejected =
                selection.rejected().stream().map(PredictItem::rejected).toList();
        List<PredictItem> accepted =
                selection.images().stream().map(PredictItem::waiting).toList();
        List<PredictItem> fresh =
                Stream.concat(accepted.stream(), rejected.stream()).toList();
        items.addAll(0, fresh);
        if (items.size() > KEPT_ITEMS) {
            items.remove(KEPT_ITEMS, items.size());
        }
        if (!fresh.isEmpty()) {
            selected.set(fresh.getFirst());
        } else {
            refuse("predict.drop.no-images");
        }
        classify(accepted, 1);
    }

    /// Classifies the chosen image, or else all good ones, `times` times.
    public void repeat(int times) {
        PredictItem chosen = selected.get();
        List<PredictItem> repeated = chosen != null && chosen.source().isPresent()
                ? List.of(chosen)
                : items.stream().filter(i -> i.source().isPresent()).toList();
        classify(repeated, times);
    }

    private void classify(List<PredictItem> chosen, int times) {
        Optional<AttestedSession> session = workspace.attested();
        PredictRun current = run;
        if (session.isEmpty() || current == null || chosen.isEmpty()) {
            return;
        }
        int count = chosen.size() * times;
        TaskLine task = background.start(
                "predict " + ++submissions,
                text("predict.task.classify", count),
                context -> classifyAll(session.get(), current, chosen, times, context),
                _ -> {});
        task.stateProperty().subscribe(state -> {
            if (state != TaskLine.State.RUNNING && state != TaskLine.State.CANCELLING) {
                chosen.forEach(PredictItem::skip);
            }
        });
    }

    private int classifyAll(
            AttestedSession session, PredictRun into, List<PredictItem> chosen, int times, OperationContext context)
            throws ConsoleException {
        PredictClient client = new PredictClient(session.client());
        int count = chosen.size() * times;
        for (int i = 0; i < count; i++) {
            context.checkCancelled();
            PredictItem item = chosen.get(i % chosen.size());
            ImageSource image = item.source().orElseThrow();
            context.report(new Progress(image.name(), i, count, Progress.Unit.FILES));
            PredictEntry entry = into.classify(client, image, PredictOptions.DEFAULT, context);
            if (i < chosen.size() && entry.problem().isEmpty()) {
                Thumbnails.load(image)
                        .ifPresent(t -> background
                                .window()
                                .execute(() -> item.thumbnailProperty().set(t)));
            }
            background.window().execute(() -> arrived(into, item, entry));
            if (PredictRun.endsRun(entry)) {
                throw new ConsoleException(entry.problem().orElseThrow());
            }
        }
        return count;
    }

    private void arrived(PredictRun into, PredictItem item, PredictEntry entry) {
        item.answer(entry);
        if (into.equals(run)) {
            history.addFirst(entry);
            if (history.size() > KEPT_HISTORY) {
                history.removeLast();
            }
            series.add(entry.startedAt(), entry.latencyMicros(), entry.problem().isEmpty());
            dirty.set(true);
        }
    }

    /// Says why a drop was refused.
    public void refuse(String reasonKey) {
        background.showFailure(new Failure.Expected(dev.enclaveconsole.core.failure.Problem.usage(
                "predict.drop-refused", text("predict.drop.refused"), text(reasonKey), "")));
    }

    /// The chart of the run as it stands.
    public Plot plot() {
        return LatencyPlot.of(series.seconds(), untrustedNote());
    }

    private String untrustedNote() {
        return run == null || run.verdict().trusted() ? "" : run.verdict().banner();
    }

    /// Of the whole run.
    public Optional<PredictStatistics> statistics() {
        return run().map(PredictRun::statistics);
    }

    public Optional<PredictRun> run() {
        return Optional.ofNullable(run);
    }

    public ObservableList<PredictItem> items() {
        return items;
    }

    /// Newest first.
    public ObservableList<PredictEntry> history() {
        return history;
    }

    public ObjectProperty<@Nullable PredictItem> selectedProperty() {
        return selected;
    }

    /// There is something new to draw; whoever draws sets it to false.
    public BooleanProperty dirtyProperty() {
        return dirty;
    }

    Workspace workspace() {
        return workspace;
    }
}
