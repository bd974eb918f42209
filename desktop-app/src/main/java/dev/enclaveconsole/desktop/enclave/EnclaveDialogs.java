package dev.enclaveconsole.desktop.enclave;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import dev.enclaveconsole.core.enclave.EnclaveInfo;
import dev.enclaveconsole.core.enclave.LaunchRequest;
import dev.enclaveconsole.desktop.ui.Copy;
import dev.enclaveconsole.desktop.ui.Dialogs;
import dev.enclaveconsole.desktop.ui.Forms;
import dev.enclaveconsole.desktop.ui.Ui;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.property.IntegerProperty;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.Spinner;
import javafx.scene.control.TextField;

/// The dialogs of the Enclaves page; each shows the command before it runs.
public final class EnclaveDialogs {
    private final Dialogs dialogs;
    private final EnclaveViewModel model;

    public EnclaveDialogs(Dialogs dialogs, EnclaveViewModel model) {
        this.dialogs = dialogs;
        this.model = model;
    }

    void run(LaunchDraft draft, Consumer<LaunchRequest> onRun) {
        TextField image = Forms.field(draft.imageProperty(), text("enclave.form.image.prompt"));
        image.setId("launch-image");
        image.getStyleClass().add("first-focus");
        CheckBox debug = new CheckBox(text("enclave.form.debug"));
        debug.selectedProperty().bindBidirectional(draft.debugProperty());
        Label warning = Ui.paragraph(text("enclave.form.debug.hint"), "warning-text", "small");
        Node form = Forms.grid(
                Forms.row(text("enclave.form.image"), image, text("enclave.form.image.hint")),
                Forms.row(
                        text("enclave.form.name"),
                        Forms.field(draft.nameProperty(), text("enclave.form.name.prompt")),
                        ""),
                Forms.row(
                        text("enclave.form.cpus"),
                        spinner(draft.cpusProperty(), 1, 128, 1),
                        text("enclave.form.cpus.hint")),
                Forms.row(
                        text("enclave.form.memory"),
                        spinner(draft.memoryMibProperty(), 64, 1_048_576, 256),
                        text("enclave.form.memory.hint")));
        Label preview = Ui.paragraph(
                Bindings.createStringBinding(
                        () -> model.runPreview(draft.toRequest()),
                        draft.imageProperty(),
                        draft.nameProperty(),
                        draft.cpusProperty(),
                        draft.memoryMibProperty(),
                        draft.debugProperty()),
                "mono");
        dialogs.ask(
                text("enclave.form.title"),
                Ui.column(12, form, debug, Ui.shownWhen(warning, debug.selectedProperty()), command(preview)),
                text("enclave.form.run"),
                false,
                () -> {
                    boolean complete = draft.complete().get();
                    if (complete) {
                        onRun.accept(draft.toRequest());
                    }
                    return complete;
                },
                () -> {});
    }

    void terminate(EnclaveInfo enclave, Runnable onConfirm) {
        Label preview = Ui.paragraph(model.terminatePreview(enclave), "mono");
        dialogs.confirm(
                text("enclave.terminate.title", enclave.name()),
                Ui.column(12, Ui.paragraph(text("enclave.terminate.body")), command(preview)),
                text("enclave.terminate.confirm"),
                true,
                onConfirm);
    }

    private static Node command(Label preview) {
        preview.setId("command-preview");
        return Ui.column(
                4,
                Ui.label(text("enclave.command"), "muted", "small"),
                Ui.row(8, Ui.grow(valueBox(preview)), Copy.button(text("enclave.command.copy"), preview::getText)));
    }

    private static Label valueBox(Label label) {
        label.getStyleClass().add("value-box");
        return label;
    }

    private static Spinner<Integer> spinner(IntegerProperty value, int low, int high, int step) {
        Spinner<Integer> spinner = new Spinner<>(low, high, value.get(), step);
        spinner.setEditable(true);
        spinner.valueProperty().subscribe(v -> {
            if (v != null) {
                value.set(v);
            }
        });
        spinner.getEditor().focusedProperty().subscribe(focused -> {
            if (!focused) {
                spinner.commitValue();
            }
        });
        spinner.setPrefWidth(140);
        return spinner;
    }
}
