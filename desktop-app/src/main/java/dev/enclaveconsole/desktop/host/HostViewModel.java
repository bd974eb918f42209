package dev.enclaveconsole.desktop.host;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.host.CommandResult;
import dev.enclaveconsole.core.host.HostEntry;
import dev.enclaveconsole.core.host.HostScripts;
import dev.enclaveconsole.core.host.HostSession;
import dev.enclaveconsole.core.host.LinkState;
import dev.enclaveconsole.core.host.RecordedCommand;
import dev.enclaveconsole.core.operation.OperationContext;
import dev.enclaveconsole.desktop.ui.AppContext;
import dev.enclaveconsole.desktop.ui.Background;
import dev.enclaveconsole.desktop.ui.Failure;
import dev.enclaveconsole.desktop.ui.ParentHost;
import dev.enclaveconsole.desktop.ui.TaskLine;
import dev.enclaveconsole.desktop.ui.Workspace;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// The list of parent hosts and the connection to one of them.
public final class HostViewModel {
    private static final String CONNECTION = "connection";

    private final AppContext app;
    private final Ceremony ceremony;
    private final Workspace workspace;
    private final Background background;
    private final ObjectProperty<@Nullable ParentHost> selected = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable Problem> keyAlarm = new SimpleObjectProperty<>();
    private final StringProperty testResult = new SimpleStringProperty("");
    private final BooleanProperty reconnecting = new SimpleBooleanProperty();
    private final ObservableList<RecordedCommand> commands = FXCollections.observableArrayList();

    public HostViewModel(AppContext app, Ceremony ceremony) {
        this.app = app;
        this.ceremony = ceremony;
        this.workspace = app.workspace();
        this.background = app.background();
        selected.subscribe(_ -> testResult.set(""));
        background.history().addListener((ListChangeListener<TaskLine>) _ -> refreshCommands());
        workspace.sessionProperty().subscribe(this::refreshCommands);
    }

    /// Reads the stored hosts.
    public void load() {
        background.start(
                "hosts", text("host.task.load"), _ -> app.core().hosts().list(), this::show);
    }

    private void show(List<HostEntry> stored) {
        List<ParentHost> temporary =
                workspace.hosts().stream().filter(ParentHost::temporary).toList();
        String before =
                Optional.ofNullable(selected.get()).map(ParentHost::name).orElse("");
        workspace.hosts().setAll(temporary);
        workspace.hosts().addAll(stored.stream().map(ParentHost::stored).toList());
        selected.set(workspace.hosts().stream()
                .filter(h -> h.name().equals(before))
                .findFirst()
                .orElse(workspace.hosts().isEmpty() ? null : workspace.hosts().getFirst()));
    }

    /// Adds a host that is in no file, such as one that lives as long as this window.
    public void addTemporary(ParentHost host) {
        workspace.hosts().removeIf(h -> h.name().equals(host.name()));
        workspace.hosts().addFirst(host);
        selected.set(host);
    }

    public void add(HostEntry entry) {
        change(text("host.task.add", entry.name()), () -> app.core().hosts().add(entry), entry.name());
    }

    /// Adds the hosts of `~/.ssh/config` whose names are not in the list.
    public void importSshConfig() {
        background.start(
                "hosts",
                text("host.task.import"),
                _ -> {
                    app.core().importSshConfig();
                    return app.core().hosts().list();
                },
                this::show);
    }

    /// Replaces `old`, whose name may change.
    public void update(HostEntry old, HostEntry entry) {
        change(
                text("host.task.save", entry.name()),
                () -> {
                    if (old.name().equalsIgnoreCase(entry.name())) {
                        app.core().hosts().update(entry);
                    } else {
                        app.core().hosts().add(entry);
                        app.core().hosts().remove(old.name());
                    }
                },
                entry.name());
    }

    public void remove(ParentHost host) {
        if (host.equals(workspace.hostProperty().get())) {
            disconnect();
        }
        if (host.temporary()) {
            workspace.hosts().remove(host);
        } else {
            change(
                    text("host.task.remove", host.name()),
                    () -> app.core().hosts().remove(host.name()),
                    "");
        }
    }

    private interface Change {
        void make() throws ConsoleException;
    }

    private void change(String title, Change change, String thenSelect) {
        background.start(
                "hosts",
                title,
                _ -> {
                    change.make();
                    return app.core().hosts().list();
                },
                stored -> {
                    show(stored);
                    workspace.hosts().stream()
                            .filter(h -> h.name().equals(thenSelect))
                            .findFirst()
                            .ifPresent(selected::set);
                });
    }

    public void connect(ParentHost host) {
        disconnect();
        selected.set(host);
        keyAlarm.set(null);
        background.start(
                CONNECTION,
                text("host.task.connect", host.name()),
                context -> open(host, context),
                session -> connected(host, session),
                this::failed);
    }

    private HostSession open(ParentHost host, OperationContext context) throws ConsoleException {
        Questions questions = new Questions(ceremony, background.window(), context);
        return host.knownHosts().isPresent()
                ? app.core().connectPinned(host.entry(), host.knownHosts().get(), context)
                : app.core().connect(host.entry(), questions, questions, context);
    }

    private void connected(ParentHost host, HostSession session) {
        workspace.hostProperty().set(host);
        workspace.sessionProperty().set(session);
        reconnecting.set(false);
        session.onState(state -> background.window().execute(() -> reconnecting.set(state == LinkState.RECONNECTING)));
        session.onClosed(() -> background.window().execute(() -> lost(host, session)));
        if (!host.temporary()) {
            background.start(
                    "last-host",
                    text("host.task.remember"),
                    _ -> app.core().preferences().change(p -> p.withLastHost(Optional.of(host.name()))),
                    _ -> {});
        }
    }

    private void lost(ParentHost host, HostSession session) {
        if (session.equals(workspace.sessionProperty().get())) {
            forgetSession();
            background.showFailure(new Failure.Expected(Problem.failed(
                    "host.connection-lost",
                    text("host.lost.what", host.name()),
                    text("host.lost.why"),
                    text("host.lost.remedy"))));
        }
    }

    private void failed(Failure failure) {
        if (failure instanceof Failure.Expected(Problem problem) && isKeyAlarm(problem)) {
            keyAlarm.set(problem);
        } else {
            background.showFailure(failure);
        }
    }

    private static boolean isKeyAlarm(Problem problem) {
        return problem.code().equals("host.key-changed") || problem.code().equals("host.key-revoked");
    }

    public void disconnect() {
        HostSession session = workspace.sessionProperty().get();
        if (session != null) {
            forgetSession();
            background.start(
                    "disconnect",
                    text("host.task.disconnect"),
                    _ -> {
                        session.close();
                        return true;
                    },
                    _ -> {});
        }
    }

    private void forgetSession() {
        reconnecting.set(false);
        workspace.sessionProperty().set(null);
        workspace.hostProperty().set(null);
    }

    /// Connects, asks nitro-cli for its version, disconnects; says in words how far it came.
    public void test(ParentHost host) {
        testResult.set(text("host.test.running"));
        background.start(
                "host-test",
                text("host.task.test", host.name()),
                context -> {
                    try (HostSession session = open(host, context)) {
                        return session.run(List.of("nitro-cli", "--version"), context);
                    }
                },
                result -> testResult.set(testWords(result)),
                failure -> {
                    testResult.set("");
                    failed(failure);
                });
    }

    private static String testWords(CommandResult result) {
        return result.exitCode() == 0 ? text("host.test.good", result.stdout().strip()) : text("host.test.no-nitro");
    }

    private void refreshCommands() {
        commands.setAll(workspace.session().map(s -> s.commands().reversed()).orElse(List.of()));
    }

    /// The commands of this session as a shell script; empty while not connected.
    public String script() {
        return workspace.session().map(HostSession::script).orElse("");
    }

    /// Writes [#script] into a file.
    public void saveScript(Path file) {
        String script = script();
        background.start(
                "host-script",
                text("host.task.save", file.getFileName()),
                _ -> {
                    HostScripts.write(file, script);
                    return file;
                },
                _ -> {});
    }

    public ObservableList<ParentHost> hosts() {
        return workspace.hosts();
    }

    public ObjectProperty<@Nullable ParentHost> selectedProperty() {
        return selected;
    }

    /// A host key that is not what it was: nothing goes on until the user has read it. Null while there is none.
    public ObjectProperty<@Nullable Problem> keyAlarmProperty() {
        return keyAlarm;
    }

    public StringProperty testResultProperty() {
        return testResult;
    }

    /// The connection broke and is being made anew.
    public BooleanProperty reconnectingProperty() {
        return reconnecting;
    }

    /// Newest first.
    public ObservableList<RecordedCommand> commands() {
        return commands;
    }

    public BooleanBinding selectedIsConnected() {
        return Bindings.createBooleanBinding(
                () -> selected.get() != null
                        && selected.get().equals(workspace.hostProperty().get()),
                selected,
                workspace.hostProperty());
    }
}
