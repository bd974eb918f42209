package dev.enclaveconsole.desktop.enclave;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import dev.enclaveconsole.core.enclave.EnclaveInfo;
import dev.enclaveconsole.core.enclave.LaunchRequest;
import dev.enclaveconsole.core.enclave.NitroCli;
import dev.enclaveconsole.core.host.HostSession;
import dev.enclaveconsole.desktop.ui.AppContext;
import dev.enclaveconsole.desktop.ui.Background;
import dev.enclaveconsole.desktop.ui.Shown;
import dev.enclaveconsole.desktop.ui.TaskLine;
import dev.enclaveconsole.desktop.ui.Workspace;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// Enclaves of the connected host: list, launch, console, terminate.
public final class EnclaveViewModel {
    private static final int CONSOLE_LINES = 5000;

    private final AppContext app;
    private final Workspace workspace;
    private final Background background;
    private final LogBuffer console;
    private final ReadOnlyObjectWrapper<@Nullable EnclaveInfo> consoleOf = new ReadOnlyObjectWrapper<>();
    private @Nullable TaskLine consoleTask;

    public EnclaveViewModel(AppContext app) {
        this.app = app;
        this.workspace = app.workspace();
        this.background = app.background();
        this.console = new LogBuffer(CONSOLE_LINES, background.window());
        workspace.sessionProperty().subscribe(this::sessionChanged);
    }

    private void sessionChanged(@Nullable HostSession session) {
        closeConsole();
        workspace.enclaves().clear();
        workspace.enclaveProperty().set(null);
        if (session != null) {
            refresh();
        }
    }

    public void refresh() {
        workspace
                .session()
                .ifPresent(session -> background.start(
                        "enclaves",
                        text("enclave.task.list"),
                        context -> app.core().nitroCli(session).list(context),
                        this::show));
    }

    private void show(List<EnclaveInfo> enclaves) {
        String chosen = workspace.enclave().map(EnclaveInfo::id).orElse("");
        workspace.enclaves().setAll(enclaves);
        Optional<EnclaveInfo> still =
                enclaves.stream().filter(e -> e.id().equals(chosen)).findFirst();
        choose(still.orElse(enclaves.size() == 1 ? enclaves.getFirst() : null));
    }

    /// Makes `enclave` the one that Trust and Predict are about.
    public void choose(@Nullable EnclaveInfo enclave) {
        String before = workspace.enclave().map(EnclaveInfo::id).orElse("");
        if (enclave == null || !enclave.id().equals(before)) {
            workspace.enclaveProperty().set(enclave);
        }
    }

    /// @param onRunning hears of the enclave once it has booted
    public void run(LaunchRequest request, Consumer<EnclaveInfo> onRunning) {
        workspace
                .session()
                .ifPresent(session -> background.start(
                        "launch",
                        text("enclave.task.run", request.name().orElse(request.image())),
                        context -> {
                            NitroCli nitro = app.core().nitroCli(session);
                            EnclaveInfo launched = nitro.run(request, context);
                            return new Launched(launched, nitro.list(context));
                        },
                        result -> {
                            show(result.all());
                            choose(result.all().stream()
                                    .filter(e -> e.id().equals(result.launched().id()))
                                    .findFirst()
                                    .orElse(result.launched()));
                            onRunning.accept(result.launched());
                        }));
    }

    private record Launched(EnclaveInfo launched, List<EnclaveInfo> all) {}

    /// The command that [#run] executes on the host, as one line; empty while not connected.
    public String runPreview(LaunchRequest request) {
        return workspace
                .session()
                .map(s -> Shown.commandLine(app.core().nitroCli(s).runCommand(request)))
                .orElse("");
    }

    public String terminatePreview(EnclaveInfo enclave) {
        return workspace
                .session()
                .map(s -> Shown.commandLine(app.core().nitroCli(s).terminateCommand(enclave.id())))
                .orElse("");
    }

    public void terminate(EnclaveInfo enclave) {
        workspace
                .session()
                .ifPresent(session -> background.start(
                        "terminate",
                        text("enclave.task.terminate", enclave.name()),
                        context -> {
                            NitroCli nitro = app.core().nitroCli(session);
                            nitro.terminate(enclave.id(), context);
                            return nitro.list(context);
                        },
                        this::show));
    }

    /// Follows the console of a debug enclave until it ends, another is opened or [#closeConsole].
    public void openConsole(EnclaveInfo enclave) {
        closeConsole();
        console.clear();
        consoleOf.set(enclave);
        workspace
                .session()
                .ifPresent(session -> consoleTask = background.start(
                        "console",
                        text("enclave.task.console", enclave.name()),
                        context -> {
                            app.core().nitroCli(session).console(enclave.id(), console::add, context);
                            return true;
                        },
                        _ -> console.add(text("enclave.console.ended")),
                        failure -> console.add(failure.sentence())));
    }

    public void closeConsole() {
        if (consoleTask != null) {
            consoleTask.cancel();
            consoleTask = null;
        }
        consoleOf.set(null);
    }

    public ObservableList<EnclaveInfo> enclaves() {
        return workspace.enclaves();
    }

    public LogBuffer console() {
        return console;
    }

    /// The enclave whose console is open, null while none is.
    public ReadOnlyObjectProperty<@Nullable EnclaveInfo> consoleOfProperty() {
        return consoleOf.getReadOnlyProperty();
    }
}
