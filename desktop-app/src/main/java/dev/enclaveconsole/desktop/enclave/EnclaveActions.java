package dev.enclaveconsole.desktop.enclave;

import dev.enclaveconsole.core.enclave.EnclaveInfo;
import dev.enclaveconsole.desktop.ui.Action;
import dev.enclaveconsole.desktop.ui.Navigator;
import dev.enclaveconsole.desktop.ui.Workspace;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;

/// What the user can do with enclaves.
public record EnclaveActions(
        Action run,
        Action verify,
        Action console,
        Action saved,
        Action terminate,
        Action terminateAll,
        Action refresh,
        Action goToHost) {

    /// @param verify checks the proof of the chosen enclave; also done right after a launch, so that nobody else claims
    ///     the enclave first
    public static EnclaveActions of(
            EnclaveViewModel model, EnclaveDialogs dialogs, Workspace workspace, Navigator navigator, Runnable verify) {
        BooleanBinding debug = Bindings.createBooleanBinding(
                () -> workspace.enclave().filter(EnclaveInfo::debug).isPresent(), workspace.enclaveProperty());
        Runnable show = () -> {
            navigator.show("trust");
            verify.run();
        };
        return new EnclaveActions(
                Action.of(
                                "enclave.run",
                                "mdi2p-play",
                                () -> dialogs.run(new LaunchDraft(), request -> model.run(request, _ -> verify.run())))
                        .enabledWhen(workspace.connected())
                        .shortcut("Shortcut+R"),
                Action.of("enclave.verify", "mdi2s-shield-search", show).enabledWhen(workspace.enclaveChosen()),
                on(workspace, "enclave.console", "mdi2c-console", model::openConsole)
                        .enabledWhen(debug),
                Action.of("enclave.saved", "mdi2h-history", dialogs::saved).enabledWhen(workspace.connected()),
                on(workspace, "enclave.terminate", "mdi2s-stop", e -> dialogs.terminate(e, () -> model.terminate(e)))
                        .enabledWhen(workspace.enclaveChosen()),
                Action.of(
                                "enclave.terminate-all",
                                "mdi2s-stop-circle-outline",
                                () -> dialogs.terminateAll(model::terminateAll))
                        .enabledWhen(Bindings.isNotEmpty(workspace.enclaves())),
                Action.of("enclave.refresh", "mdi2r-refresh", model::refresh)
                        .enabledWhen(workspace.connected())
                        .shortcut("F5"),
                Action.of("enclave.go-to-host", "mdi2s-server-network", () -> navigator.show("host")));
    }

    private static Action on(Workspace workspace, String id, String icon, Consumer<EnclaveInfo> body) {
        return Action.of(id, icon, () -> workspace.enclave().ifPresent(body));
    }

    List<Action> all() {
        return List.of(run, verify, console, saved, terminate, terminateAll, refresh);
    }
}
