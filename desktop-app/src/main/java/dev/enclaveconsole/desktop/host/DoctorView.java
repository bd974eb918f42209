package dev.enclaveconsole.desktop.host;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import atlantafx.base.theme.Styles;
import dev.enclaveconsole.core.host.doctor.Diagnosis;
import dev.enclaveconsole.core.host.doctor.Finding;
import dev.enclaveconsole.core.host.doctor.Severity;
import dev.enclaveconsole.desktop.ui.TaskLine;
import dev.enclaveconsole.desktop.ui.Ui;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The doctor's findings, each with its fix; above them what can be done with all, below what runs.
final class DoctorView {
    private final DoctorViewModel model;
    private final DoctorActions actions;
    private final DoctorDialogs dialogs;

    DoctorView(DoctorViewModel model, DoctorActions actions, DoctorDialogs dialogs) {
        this.model = model;
        this.actions = actions;
        this.dialogs = dialogs;
    }

    Node build() {
        Label summary =
                Ui.label(model.diagnosisProperty().map(DoctorView::summary).orElse(""), "strong");
        summary.setId("doctor-summary");
        HBox tools = Ui.row(
                8,
                Ui.button(actions.examine(), Styles.SMALL),
                Ui.button(actions.fixAll(), Styles.SMALL),
                Ui.button(actions.undo(), Styles.SMALL));
        VBox rows = new VBox();
        rows.setId("findings");
        rows.getStyleClass().add("step-list");
        show(rows);
        model.findings().addListener((ListChangeListener<Finding>) _ -> show(rows));
        ScrollPane scroll = new ScrollPane(rows);
        scroll.setFitToWidth(true);
        scroll.setAccessibleText(text("doctor.title"));
        scroll.getStyleClass().add("page-scroll");
        var examined = model.diagnosisProperty().isNotNull();
        Node empty = Ui.placeholder("mdi2s-stethoscope", text("doctor.empty.title"), text("doctor.empty.hint"));
        StackPane middle = new StackPane(Ui.shownWhen(empty, examined.not()), Ui.shownWhen(scroll, examined));
        return Ui.column(10, tools, Ui.shownWhen(summary, examined), running(), Ui.grow(middle));
    }

    private static String summary(Diagnosis diagnosis) {
        return diagnosis.green()
                ? text("doctor.summary.ready", diagnosis.count(Severity.OK))
                : text(
                        "doctor.summary.open",
                        diagnosis.count(Severity.PROBLEM),
                        diagnosis.count(Severity.WARNING),
                        diagnosis.count(Severity.OK));
    }

    private void show(VBox rows) {
        rows.getChildren().setAll(model.findings().stream().map(this::row).toList());
    }

    private Node row(Finding finding) {
        return FindingRow.of(finding, model.runningProperty().isNull(), fix -> dialogs.fix(model, fix));
    }

    private Node running() {
        Label message = Ui.label("", "muted");
        message.setId("doctor-progress");
        model.runningProperty().subscribe(line -> follow(message, line));
        message.setMinWidth(0);
        HBox row =
                Ui.row(8, Ui.icon("mdi2p-progress-clock"), Ui.grow(message), Ui.button(actions.cancel(), Styles.SMALL));
        return Ui.shownWhen(row, model.runningProperty().isNotNull());
    }

    private static void follow(Label message, @Nullable TaskLine line) {
        message.textProperty().unbind();
        if (line != null) {
            message.textProperty()
                    .bind(Bindings.createStringBinding(
                            () -> line.messageProperty().get().isEmpty()
                                    ? line.title()
                                    : line.title() + ": "
                                            + line.messageProperty().get(),
                            line.messageProperty()));
        }
    }
}
