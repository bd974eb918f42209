package dev.enclaveconsole.desktop.host;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import dev.enclaveconsole.core.host.HostKeyDecider;
import dev.enclaveconsole.core.secrets.SecretStores;
import dev.enclaveconsole.desktop.ui.Copy;
import dev.enclaveconsole.desktop.ui.Dialogs;
import dev.enclaveconsole.desktop.ui.Forms;
import dev.enclaveconsole.desktop.ui.ParentHost;
import dev.enclaveconsole.desktop.ui.Ui;
import java.io.File;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextField;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;
import javafx.stage.Window;

/// The dialogs of the Host page.
public final class HostDialogs implements Ceremony {
    private final Dialogs dialogs;
    private final Set<Path> keptPassphrases = new HashSet<>();

    public HostDialogs(Dialogs dialogs) {
        this.dialogs = dialogs;
    }

    void edit(String title, HostDraft draft, Consumer<HostDraft> onSave) {
        TextField identity = Forms.field(draft.identityFileProperty(), text("host.form.identity.prompt"));
        Button browse = new Button(text("host.form.browse"));
        browse.setAccessibleText(text("host.form.browse.accessible"));
        browse.setOnAction(_ -> {
            File file = new FileChooser().showOpenDialog(browse.getScene().getWindow());
            if (file != null) {
                draft.identityFileProperty().set(file.getPath());
            }
        });
        CheckBox untrusted = new CheckBox(text("host.form.untrusted"));
        untrusted.selectedProperty().bindBidirectional(draft.allowUntrustedProperty());
        TextField name = Forms.field(draft.nameProperty(), text("host.form.name.prompt"));
        name.setId("host-name");
        name.getStyleClass().add("first-focus");
        Label incomplete = Ui.paragraph(text("host.form.incomplete"), "warning-text");
        incomplete.setVisible(false);
        Node form = Forms.grid(
                Forms.row(text("host.form.name"), name, ""),
                Forms.row(
                        text("host.form.address"),
                        Forms.field(draft.addressProperty(), text("host.form.address.prompt")),
                        ""),
                Forms.row(text("host.form.port"), Forms.field(draft.portProperty(), "22"), ""),
                Forms.row(text("host.form.user"), Forms.field(draft.userProperty(), "ec2-user"), ""),
                Forms.row(
                        text("host.form.identity"),
                        Ui.row(8, Ui.grow(identity), browse),
                        text("host.form.identity.hint")));
        dialogs.ask(
                title,
                Ui.column(
                        12,
                        form,
                        untrusted,
                        Ui.paragraph(text("host.form.untrusted.hint"), "muted", "small"),
                        incomplete),
                text("host.form.save"),
                false,
                () -> {
                    incomplete.setVisible(!draft.complete().get());
                    if (draft.complete().get()) {
                        onSave.accept(draft);
                    }
                    return draft.complete().get();
                },
                () -> {});
    }

    void saveScript(Consumer<Path> onFile) {
        FileChooser chooser = new FileChooser();
        chooser.setInitialFileName("enclave-console-session" + ".sh");
        File file = chooser.showSaveDialog(Window.getWindows().stream()
                .filter(Window::isFocused)
                .findFirst()
                .orElse(null));
        if (file != null) {
            onFile.accept(file.toPath());
        }
    }

    void confirmRemove(ParentHost host, Runnable onConfirm) {
        dialogs.confirm(
                text("host.remove.title", host.name()),
                Ui.paragraph(text("host.remove.body", host.target())),
                text("host.remove.confirm"),
                true,
                onConfirm);
    }

    @Override
    public CompletableFuture<Boolean> trustHostKey(HostKeyDecider.Question question) {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        TextField compare = new TextField();
        dialogs.ask(
                text("hostkey.title", question.host()),
                keyBody(question, compare),
                text("hostkey.trust"),
                false,
                () -> KeyComparison.of(question.sha256(), compare.getText()) != KeyComparison.DIFFERENT
                        && answer.complete(true),
                () -> answer.complete(false));
        return answer;
    }

    private static Node keyBody(HostKeyDecider.Question question, TextField compare) {
        Label fingerprint = Ui.paragraph(question.sha256(), "mono", "value-box");
        fingerprint.setId("fingerprint");
        Label art = Ui.label(question.randomart().stripTrailing(), "mono", "randomart");
        art.setMinSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        art.setAccessibleText(text("hostkey.randomart"));
        Label result = Ui.paragraph(text("hostkey.compare.hint"), "muted");
        compare.setId("compare");
        compare.getStyleClass().addAll("mono", "first-focus");
        compare.setPromptText("SHA256:…");
        compare.setAccessibleText(text("hostkey.compare"));
        compare.textProperty().subscribe(typed -> {
            KeyComparison comparison = KeyComparison.of(question.sha256(), typed);
            result.setText(text(comparison.key()));
            result.getStyleClass().setAll("label", comparison.style());
        });
        VBox right = Ui.column(
                8,
                Ui.label(question.keyType(), "strong"),
                Ui.paragraph(text("hostkey.how"), "muted", "small"),
                Ui.label(text("hostkey.compare"), "strong"),
                compare,
                result);
        return Ui.column(
                12,
                Ui.paragraph(text("hostkey.body")),
                Ui.row(6, Ui.grow(fingerprint), Copy.button(text("hostkey.fingerprint"), question::sha256)),
                Ui.row(16, art, Ui.grow(right)));
    }

    @Override
    public CompletableFuture<Boolean> replaceHostKey(HostKeyDecider.Change change) {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        TextField typed = new TextField();
        String expected = ChangedKeyBody.lastCharacters(change);
        dialogs.ask(
                text("hostkey.replace.title", change.presented().host()),
                ChangedKeyBody.of(change, typed),
                text("hostkey.replace.confirm"),
                true,
                () -> typed.getText().strip().equals(expected) && answer.complete(true),
                () -> answer.complete(false));
        return answer;
    }

    @Override
    public CompletableFuture<Optional<char[]>> passphrase(Path keyFile, int attempt) {
        CompletableFuture<Optional<char[]>> answer = new CompletableFuture<>();
        PasswordField field = new PasswordField();
        field.getStyleClass().add("first-focus");
        field.setAccessibleText(text("passphrase.field"));
        CheckBox keep = new CheckBox(text("passphrase.keep"));
        keep.setVisible(SecretStores.ofThisComputer().isAvailable());
        keep.setManaged(keep.isVisible());
        String hint = attempt > 1 ? text("passphrase.again") : text("passphrase.hint");
        dialogs.ask(
                text("passphrase.title", String.valueOf(keyFile.getFileName())),
                Ui.column(8, Ui.paragraph(hint, attempt > 1 ? "warning-text" : "muted"), field, keep),
                text("passphrase.unlock"),
                false,
                () -> {
                    keptPassphrases.remove(keyFile);
                    if (keep.isSelected()) {
                        keptPassphrases.add(keyFile);
                    }
                    return answer.complete(Optional.of(field.getText().toCharArray()));
                },
                () -> answer.complete(Optional.empty()));
        return answer;
    }

    @Override
    public CompletableFuture<Boolean> keepPassphrase(Path keyFile) {
        return CompletableFuture.completedFuture(keptPassphrases.remove(keyFile));
    }
}
