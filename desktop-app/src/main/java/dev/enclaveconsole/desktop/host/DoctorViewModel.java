package dev.enclaveconsole.desktop.host;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import dev.enclaveconsole.core.host.HostSession;
import dev.enclaveconsole.core.host.doctor.Diagnosis;
import dev.enclaveconsole.core.host.doctor.Doctor;
import dev.enclaveconsole.core.host.doctor.Finding;
import dev.enclaveconsole.core.host.doctor.Fix;
import dev.enclaveconsole.core.host.doctor.Repair;
import dev.enclaveconsole.core.host.doctor.Severity;
import dev.enclaveconsole.core.host.doctor.Treatment;
import dev.enclaveconsole.core.host.doctor.UndoRecord;
import dev.enclaveconsole.core.host.doctor.Wish;
import dev.enclaveconsole.core.operation.OperationContext;
import dev.enclaveconsole.core.operation.Work;
import dev.enclaveconsole.desktop.ui.AppContext;
import dev.enclaveconsole.desktop.ui.Background;
import dev.enclaveconsole.desktop.ui.Failure;
import dev.enclaveconsole.desktop.ui.ParentHost;
import dev.enclaveconsole.desktop.ui.TaskLine;
import dev.enclaveconsole.desktop.ui.Workspace;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// What the doctor found on the connected host, and the work of putting it right.
public final class DoctorViewModel {
    private static final String KIND = "doctor";
    private static final List<Severity> ORDER =
            List.of(Severity.PROBLEM, Severity.WARNING, Severity.UNKNOWN, Severity.OK);

    private final Workspace workspace;
    private final Background background;
    private final Consumer<ParentHost> reconnect;
    private final ObjectProperty<@Nullable Diagnosis> diagnosis = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable TaskLine> running = new SimpleObjectProperty<>();
    private final ObservableList<Finding> findings = FXCollections.observableArrayList();
    private boolean examineWhenConnected;

    /// @param reconnect opens the connection anew, so that new groups show
    public DoctorViewModel(AppContext app, Consumer<ParentHost> reconnect) {
        this.workspace = app.workspace();
        this.background = app.background();
        this.reconnect = reconnect;
        workspace.sessionProperty().subscribe(this::sessionChanged);
        diagnosis.subscribe(d -> findings.setAll(d == null ? List.of() : sorted(d)));
    }

    private void sessionChanged(@Nullable HostSession session) {
        diagnosis.set(null);
        if (session != null && examineWhenConnected) {
            examineWhenConnected = false;
            examine();
        }
    }

    private static List<Finding> sorted(Diagnosis diagnosis) {
        return diagnosis.findings().stream()
                .sorted(Comparator.comparingInt(f -> ORDER.indexOf(f.severity())))
                .toList();
    }

    public void examine() {
        start(
                text("doctor.task.examine"),
                session -> context -> new Doctor(session, Clock.systemUTC()).examine(context),
                diagnosis::set);
    }

    /// Makes the fixes whose commands the user has seen, and no other: what a look in between brings up newly is left
    /// for the next time, unless everything was wanted.
    ///
    /// @param ids of findings; empty for all
    public void fix(List<String> ids) {
        start(
                text("doctor.task.fix"),
                session -> context -> new Treatment(session, Clock.systemUTC(), _ -> session, new Reporter(context))
                        .apply(ids, Wish.none(), context),
                this::treated);
    }

    /// Looks up what can be taken back, and hands the latest to `ask`; to `none` if there is nothing.
    public void latestUndo(Consumer<UndoRecord> ask, Runnable none) {
        start(text("doctor.task.undo-list"), session -> context -> new Repair(session).undoable(context), records -> {
            if (records.isEmpty()) {
                none.run();
            } else {
                ask.accept(records.getFirst());
            }
        });
    }

    public void undo(UndoRecord record) {
        start(
                text("doctor.task.undo", record.id()),
                session -> context -> {
                    Diagnosis now = new Doctor(session, Clock.systemUTC()).examine(context);
                    new Repair(session).undo(record, now.facts(), new Reporter(context)::printed, context);
                    return new Doctor(session, Clock.systemUTC()).examine(context);
                },
                diagnosis::set);
    }

    private void treated(Treatment.Result result) {
        diagnosis.set(result.after());
        ParentHost host = workspace.hostProperty().get();
        boolean lateGroups = result.after()
                .find("login")
                .map(f -> f.severity() == Severity.WARNING)
                .orElse(false);
        if (lateGroups && host != null) {
            examineWhenConnected = true;
            reconnect.accept(host);
        }
    }

    private <T> void start(String title, Function<HostSession, Work<T>> work, Consumer<T> onDone) {
        workspace.session().ifPresent(session -> {
            TaskLine line = background.start(KIND, title, work.apply(session), onDone, this::failed);
            running.set(line);
            line.stateProperty().subscribe(state -> {
                if (state != TaskLine.State.RUNNING
                        && state != TaskLine.State.CANCELLING
                        && line.equals(running.get())) {
                    running.set(null);
                }
            });
        });
    }

    private void failed(Failure failure) {
        background.showFailure(failure);
        if (workspace.connected().get() && diagnosis.get() != null) {
            examine();
        }
    }

    /// Null until the host was examined.
    public ObjectProperty<@Nullable Diagnosis> diagnosisProperty() {
        return diagnosis;
    }

    /// What runs now, null while nothing does.
    public ObjectProperty<@Nullable TaskLine> runningProperty() {
        return running;
    }

    /// Problems first.
    public ObservableList<Finding> findings() {
        return findings;
    }

    /// The fixes that are offered now, in the order in which they would be made.
    public List<Fix> fixes() {
        Diagnosis now = diagnosis.get();
        return now == null ? List.of() : now.fixes();
    }

    /// Approves what the user has seen before it began, and shows the last printed line as progress.
    private record Reporter(OperationContext context) implements Treatment.Observer {
        @Override
        public boolean approve(Fix fix) {
            return true;
        }

        @Override
        public boolean approve(UndoRecord record) {
            return true;
        }

        @Override
        public void printed(String line) {
            if (!line.isBlank()) {
                context.report(line.strip());
            }
        }
    }
}
