package dev.enclaveconsole.desktop.trust;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import dev.enclaveconsole.core.enclave.EnclaveInfo;
import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.host.HostSession;
import dev.enclaveconsole.core.operation.OperationContext;
import dev.enclaveconsole.core.trust.Attestation;
import dev.enclaveconsole.core.trust.AttestedSession;
import dev.enclaveconsole.desktop.ui.AppContext;
import dev.enclaveconsole.desktop.ui.Background;
import dev.enclaveconsole.desktop.ui.Failure;
import dev.enclaveconsole.desktop.ui.SaveFile;
import dev.enclaveconsole.desktop.ui.Workspace;
import dev.enclaveconsole.protocol.attestation.SavedVerdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import org.jspecify.annotations.Nullable;

/// The proof of the chosen enclave, and verdicts from files.
public final class TrustViewModel {
    private final AppContext app;
    private final Workspace workspace;
    private final Background background;
    private final SaveFile saveFile;
    private final ObjectProperty<@Nullable ShownVerdict> fromFile = new SimpleObjectProperty<>();
    private final ObservableValue<@Nullable ShownVerdict> shown;
    private final ObservableValue<Standing> standing;

    public TrustViewModel(AppContext app, SaveFile saveFile) {
        this.app = app;
        this.workspace = app.workspace();
        this.background = app.background();
        this.saveFile = saveFile;
        this.shown = Bindings.createObjectBinding(this::toShow, fromFile, workspace.attestationProperty());
        this.standing = Bindings.createObjectBinding(
                () -> Standing.of(liveVerdict(), workspace.attested().isPresent()),
                workspace.attestationProperty(),
                workspace.attestedProperty());
        workspace.enclaveProperty().subscribe(this::forget);
    }

    private @Nullable ShownVerdict toShow() {
        Attestation live = workspace.attestationProperty().get();
        if (fromFile.get() != null || live == null) {
            return fromFile.get();
        }
        return new ShownVerdict(live.verdict(), Optional.empty(), live.pins(), true);
    }

    private dev.enclaveconsole.protocol.attestation.@Nullable Verdict liveVerdict() {
        Attestation live = workspace.attestationProperty().get();
        return live == null ? null : live.verdict();
    }

    /// The enclave changed: whatever was proven is about another one.
    private void forget() {
        AttestedSession session = workspace.attestedProperty().get();
        workspace.attestedProperty().set(null);
        workspace.attestationProperty().set(null);
        fromFile.set(null);
        if (session != null) {
            close(session);
        }
    }

    private void close(AttestedSession session) {
        background.start(
                "close-session",
                text("trust.task.close"),
                _ -> {
                    session.close();
                    return true;
                },
                _ -> {});
    }

    private record Checked(Attestation attestation, Optional<AttestedSession> session, Optional<Problem> refusal) {}

    /// Fetches and verifies a fresh document and claims the enclave if the verdict allows it.
    public void verify() {
        Optional<HostSession> host = workspace.session();
        Optional<EnclaveInfo> enclave = workspace.enclave();
        if (host.isPresent() && enclave.isPresent()) {
            background.start(
                    "verdict",
                    text("trust.task.verify", enclave.get().name()),
                    context -> check(host.get(), enclave.get(), context),
                    checked -> show(enclave.get(), checked));
        }
    }

    private Checked check(HostSession host, EnclaveInfo enclave, OperationContext context) throws ConsoleException {
        try {
            AttestedSession session = app.core().attest(host, enclave, context);
            return new Checked(session.attestation(), Optional.of(session), Optional.empty());
        } catch (ConsoleException refused) {
            if (refused.problem().kind() != Problem.Kind.REFUSED) {
                throw refused;
            }
            Attestation attestation =
                    AttestedSession.inspect(host, enclave, app.core().pins(), context);
            return new Checked(attestation, Optional.empty(), Optional.of(refused.problem()));
        }
    }

    private void show(EnclaveInfo enclave, Checked checked) {
        AttestedSession old = workspace.attestedProperty().get();
        if (!enclave.id().equals(workspace.enclave().map(EnclaveInfo::id).orElse(""))) {
            checked.session().ifPresent(this::close);
            return;
        }
        fromFile.set(null);
        workspace.attestationProperty().set(checked.attestation());
        workspace.attestedProperty().set(checked.session().orElse(null));
        if (old != null) {
            close(old);
        }
        checked.refusal().ifPresent(p -> background.showFailure(new Failure.Expected(p)));
    }

    /// Saves the live verdict with its document.
    public void save() {
        Attestation live = workspace.attestationProperty().get();
        if (live != null) {
            saveFile.ask(text("trust.save.title"), "verdict-" + live.enclaveId() + ".json", file -> saveTo(live, file));
        }
    }

    /// Saves a verdict with its document and expectations.
    public void saveTo(Attestation live, Path file) {
        saveFile.run(
                file,
                () -> Files.copy(app.core().verdicts().save(live).file(), file, StandardCopyOption.REPLACE_EXISTING));
    }

    /// Recomputes the verdict of a saved file.
    public void reverify(Path file) {
        background.start(
                "reverify",
                text("trust.task.reverify", String.valueOf(file.getFileName())),
                _ -> recompute(file),
                fromFile::set);
    }

    private static ShownVerdict recompute(Path file) throws ConsoleException {
        try {
            if (Files.size(file) > 1024 * 1024) {
                throw new IllegalArgumentException(text("trust.file.large"));
            }
            SavedVerdict saved = SavedVerdict.fromJson(Files.readString(file));
            return new ShownVerdict(
                    saved.reverify(),
                    Optional.of(String.valueOf(file.getFileName())),
                    Optional.empty(),
                    saved.isGenuine());
        } catch (IOException | IllegalArgumentException e) {
            throw new ConsoleException(
                    Problem.failed(
                            "trust.file-unreadable",
                            text("trust.file.what", file),
                            String.valueOf(e.getMessage()),
                            text("trust.file.remedy")),
                    e);
        }
    }

    public void chooseAndReverify() {
        saveFile.open(text("trust.open.title"), text("trust.open.kind"), java.util.List.of("*.json"))
                .forEach(this::reverify);
    }

    public void closeFile() {
        fromFile.set(null);
    }

    /// Pins the measurements of the live verdict under the enclave's name, then verifies again.
    public void pin() {
        Attestation live = workspace.attestationProperty().get();
        Optional<EnclaveInfo> enclave = workspace.enclave();
        if (live != null && enclave.isPresent()) {
            background.start(
                    "pin",
                    text("trust.task.pin"),
                    _ -> app.core()
                            .pins()
                            .pin(
                                    enclave.get().name(),
                                    Measured.pinnable(live.verdict().pcrs())),
                    _ -> verify());
        }
    }

    /// The verdict on the page, null while there is none.
    public ObservableValue<@Nullable ShownVerdict> shown() {
        return shown;
    }

    /// Of the live enclave.
    public ObservableValue<Standing> standing() {
        return standing;
    }

    public ObjectProperty<@Nullable ShownVerdict> fromFileProperty() {
        return fromFile;
    }

    Workspace workspace() {
        return workspace;
    }
}
