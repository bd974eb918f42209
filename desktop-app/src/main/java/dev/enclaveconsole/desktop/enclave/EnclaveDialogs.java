package dev.enclaveconsole.desktop.enclave;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import dev.enclaveconsole.core.enclave.EnclaveInfo;
import dev.enclaveconsole.core.enclave.LaunchRequest;
import dev.enclaveconsole.desktop.ui.Copy;
import dev.enclaveconsole.desktop.ui.Dialogs;
import dev.enclaveconsole.desktop.ui.Forms;
import dev.enclaveconsole.desktop.ui.Ui;
import java.util.function.Consumer;
import javafx.animation.PauseTransition;
import javafx.beans.binding.Bindings;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.Spinner;
import javafx.scene.control.TextField;
import javafx.util.Duration;

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
        Spinner<Integer> memory = spinner(draft.memoryMibProperty(), 64, 1_048_576, 256);
        memory.setId("launch-memory");
        CheckBox debug = new CheckBox(text("enclave.form.debug"));
        debug.selectedProperty().bindBidirectional(draft.debugProperty());
        Label warning = Ui.paragraph(text("enclave.form.debug.hint"), "warning-text", "small");
        Node form = Forms.grid(
                Forms.row(text("enclave.form.image"), image, text("enclave.form.image.hint")),
                Forms.row(
                        text("enclave.form.name"),
                        Forms.field(draft.nameProperty(), text("enclave.form.name.prompt")),
                        ""),
                Forms.row(text("enclave.form.cpus"), spinner(draft.cpusProperty(), 1, 128, 1), ""),
                Forms.row(text("enclave.form.memory"), memory, ""));
        Node calculator = calculator(draft);
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
                Ui.column(
                        10, form, calculator, debug, Ui.shownWhen(warning, debug.selectedProperty()), command(preview)),
                text("enclave.form.run"),
                false,
                () -> {
                    boolean launchable = draft.complete().get() && draft.launchable();
                    if (launchable) {
                        onRun.accept(draft.toRequest());
                    }
                    return launchable;
                },
                () -> {});
    }

    /// Asks the host when the dialog opens and again when another image is entered.
    private Node calculator(LaunchDraft draft) {
        StringProperty waiting = new SimpleStringProperty(text("enclave.plan.waiting"));
        PauseTransition typing = new PauseTransition(Duration.millis(400));
        typing.setOnFinished(_ -> ask(draft, waiting));
        draft.imageProperty().subscribe((_, _) -> {
            draft.factsProperty().set(null);
            waiting.set(text("enclave.plan.waiting"));
            typing.playFromStart();
        });
        ask(draft, waiting);
        return new LaunchCalculatorPane(draft::takeOver).build(draft.plan(), waiting);
    }

    private void ask(LaunchDraft draft, StringProperty waiting) {
        model.facts(draft.toRequest().image(), draft.factsProperty()::set, failure -> waiting.set(failure.sentence()));
    }

    void saved() {
        model.saved(saved -> new SavedConsoles(dialogs, model::openSaved).show(saved));
    }

    void terminateAll(Runnable onConfirm) {
        Label preview = Ui.paragraph(model.terminateAllPreview(), "mono");
        dialogs.confirm(
                text("enclave.terminate-all.title", model.enclaves().size()),
                Ui.column(12, Ui.paragraph(text("enclave.terminate-all.body")), command(preview)),
                text("enclave.terminate-all.confirm"),
                true,
                onConfirm);
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
        value.subscribe(v -> spinner.getValueFactory().setValue(v.intValue()));
        spinner.getEditor().focusedProperty().subscribe(focused -> {
            if (!focused) {
                spinner.commitValue();
            }
        });
        spinner.setPrefWidth(140);
        return spinner;
    }
}
