package dev.enclaveconsole.desktop.overview;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import dev.enclaveconsole.core.enclave.EnclaveInfo;
import dev.enclaveconsole.desktop.host.HostViewModel;
import dev.enclaveconsole.desktop.ui.AppContext;
import dev.enclaveconsole.desktop.ui.ParentHost;
import dev.enclaveconsole.desktop.ui.Workspace;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;

/// Where the user stands and what comes next.
public final class OverviewViewModel {
    private final AppContext app;
    private final Workspace workspace;
    private final HostViewModel hosts;
    private final SandboxStarter starter;
    private final ObservableValue<Milestone> next;

    public OverviewViewModel(AppContext app, HostViewModel hosts, SandboxStarter starter) {
        this.app = app;
        this.workspace = app.workspace();
        this.hosts = hosts;
        this.starter = starter;
        this.next = Bindings.createObjectBinding(
                () -> Milestone.next(workspace),
                workspace.sessionProperty(),
                workspace.enclaveProperty(),
                workspace.attestedProperty());
    }

    /// Starts the sandbox and connects to it.
    public void startSandbox() {
        app.background().start("sandbox", text("sandbox.task"), _ -> starter.start(), host -> {
            hosts.addTemporary(host);
            hosts.connect(host);
        });
    }

    ObservableValue<Milestone> next() {
        return next;
    }

    /// No host is known and none connected: somebody starts here.
    ObservableValue<Boolean> firstRun() {
        return Bindings.isEmpty(workspace.hosts())
                .and(workspace.sessionProperty().isNull());
    }

    /// Follows everything that [#state] depends on.
    ObservableValue<String> stateOf(Milestone stage) {
        return Bindings.createStringBinding(
                () -> state(stage),
                workspace.sessionProperty(),
                workspace.hostProperty(),
                workspace.hosts(),
                workspace.enclaves(),
                workspace.enclaveProperty(),
                workspace.attestationProperty(),
                workspace.attestedProperty());
    }

    private String state(Milestone stage) {
        return switch (stage) {
            case HOST -> hostState();
            case ENCLAVE -> enclaveState();
            case PROOF -> proofState();
            case PREDICT -> predictState();
        };
    }

    private String hostState() {
        ParentHost host = workspace.hostProperty().get();
        if (host != null) {
            return text("overview.host.connected", host.name(), host.target());
        }
        return workspace.hosts().isEmpty()
                ? text("overview.host.todo")
                : text("overview.host.known", workspace.hosts().size());
    }

    private String enclaveState() {
        Optional<EnclaveInfo> enclave = workspace.enclave();
        if (enclave.isPresent()) {
            return text(
                    "overview.enclave.chosen",
                    enclave.get().name(),
                    String.valueOf(enclave.get().cid()));
        }
        if (workspace.session().isEmpty()) {
            return text("overview.enclave.offline");
        }
        return workspace.enclaves().isEmpty()
                ? text("overview.enclave.todo")
                : text("overview.enclave.choose", workspace.enclaves().size());
    }

    private String predictState() {
        return workspace
                .attested()
                .map(session -> session.verdict().trusted() ? "overview.predict.ready" : "overview.predict.untrusted")
                .map(key -> text(key))
                .orElseGet(() -> text("overview.predict.todo"));
    }

    private String proofState() {
        var attestation = workspace.attestationProperty().get();
        if (attestation == null) {
            return text("overview.proof.todo");
        }
        return attestation.verdict().trusted()
                ? text("overview.proof.trusted")
                : text("overview.proof.untrusted", attestation.verdict().reason());
    }
}
