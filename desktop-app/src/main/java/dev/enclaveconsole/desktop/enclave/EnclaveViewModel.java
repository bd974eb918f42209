package dev.enclaveconsole.desktop.enclave;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import dev.enclaveconsole.core.enclave.EnclaveInfo;
import dev.enclaveconsole.core.enclave.EnclaveLifecycle;
import dev.enclaveconsole.core.enclave.LaunchFacts;
import dev.enclaveconsole.core.enclave.LaunchRequest;
import dev.enclaveconsole.core.enclave.SavedEnclave;
import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.host.HostSession;
import dev.enclaveconsole.core.operation.OperationContext;
import dev.enclaveconsole.desktop.ui.AppContext;
import dev.enclaveconsole.desktop.ui.Background;
import dev.enclaveconsole.desktop.ui.Failure;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Enclaves of the connected host: list, launch, console, terminate.
public final class EnclaveViewModel {
    private static final Logger LOG = LoggerFactory.getLogger(EnclaveViewModel.class);
    private static final int CONSOLE_LINES = 5000;

    private final AppContext app;
    private final Workspace workspace;
    private final Background background;
    private final LogBuffer console;
    private final ReadOnlyObjectWrapper<@Nullable ConsoleShown> consoleOf = new ReadOnlyObjectWrapper<>();
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
            Thread.startVirtualThread(() -> watch(session));
        }
    }

    /// Lists again whenever an enclave comes or goes, as long as the connection lives.
    private void watch(HostSession session) {
        try {
            app.core()
                    .lifecycle(session)
                    .watch(() -> background.window().execute(this::refresh), OperationContext.none());
        } catch (ConsoleException e) {
            LOG.debug("{}", e.problem().sentence());
        }
    }

    public void refresh() {
        workspace
                .session()
                .ifPresent(session -> background.start(
                        "enclaves",
                        text("enclave.task.list"),
                        context -> app.core().lifecycle(session).list(context),
                        this::showListing));
    }

    private void showListing(EnclaveLifecycle.Listing listing) {
        List<String> before = workspace.enclaves().stream().map(EnclaveInfo::id).toList();
        show(listing.running());
        listing.vanished().stream()
                .filter(gone -> before.contains(gone.id()))
                .forEach(gone -> background.showFailure(new Failure.Expected(gone.problem())));
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
                            EnclaveLifecycle lifecycle = app.core().lifecycle(session);
                            EnclaveInfo launched = lifecycle.launch(request, context);
                            return new Launched(launched, lifecycle.nitroCli().list(context));
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

    public String terminateAllPreview() {
        return workspace
                .session()
                .map(s -> Shown.commandLine(app.core().nitroCli(s).terminateAllCommand()))
                .orElse("");
    }

    public void terminate(EnclaveInfo enclave) {
        workspace
                .session()
                .ifPresent(session -> background.start(
                        "terminate",
                        text("enclave.task.terminate", enclave.name()),
                        context -> {
                            EnclaveLifecycle lifecycle = app.core().lifecycle(session);
                            lifecycle.terminate(enclave, context);
                            return lifecycle.nitroCli().list(context);
                        },
                        this::show));
    }

    public void terminateAll() {
        workspace
                .session()
                .ifPresent(session -> background.start(
                        "terminate",
                        text("enclave.task.terminate-all"),
                        context -> app.core().lifecycle(session).terminateAll(context),
                        _ -> refresh()));
    }

    /// What the launch calculator needs to know; `onFailed` hears why it cannot be had.
    public void facts(String image, Consumer<LaunchFacts> onFacts, Consumer<Failure> onFailed) {
        workspace
                .session()
                .ifPresent(session -> background.start(
                        "launch-facts",
                        text("enclave.task.facts"),
                        context -> app.core().lifecycle(session).facts(image, context),
                        onFacts,
                        onFailed));
    }

    /// Follows the console of a debug enclave until it ends, another is opened or [#closeConsole]; it is saved, too.
    public void openConsole(EnclaveInfo enclave) {
        closeConsole();
        console.clear();
        consoleOf.set(ConsoleShown.of(enclave));
        workspace
                .session()
                .ifPresent(session -> consoleTask = background.start(
                        "console",
                        text("enclave.task.console", enclave.name()),
                        context -> {
                            app.core().lifecycle(session).console(enclave, console::add, context);
                            return true;
                        },
                        _ -> console.add(text("enclave.console.ended")),
                        failure -> console.add(failure.sentence())));
    }

    /// Enclaves of the connected host that this computer remembers, newest first.
    public void saved(Consumer<List<SavedEnclave>> onSaved) {
        workspace
                .session()
                .ifPresent(session -> background.start(
                        "saved-enclaves",
                        text("enclave.task.saved"),
                        _ -> app.core().consoles(session.entry().name()).list(),
                        onSaved));
    }

    /// Shows what was saved of the console of an enclave, also of one that is gone.
    public void openSaved(SavedEnclave enclave) {
        closeConsole();
        console.clear();
        consoleOf.set(ConsoleShown.of(enclave));
        background.start(
                "console",
                text("enclave.task.console", enclave.name()),
                _ -> app.core().consoles(enclave.host()).lines(enclave.id()).orElse(List.of()),
                lines -> lines.forEach(console::add));
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
    public ReadOnlyObjectProperty<@Nullable ConsoleShown> consoleOfProperty() {
        return consoleOf.getReadOnlyProperty();
    }
}
