package dev.enclaveconsole.desktop.trust;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import dev.enclaveconsole.desktop.ui.Copy;
import dev.enclaveconsole.desktop.ui.Shown;
import dev.enclaveconsole.desktop.ui.Ui;
import dev.enclaveconsole.protocol.attestation.VerdictStep;
import java.util.List;
import javafx.css.PseudoClass;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// One check of a verdict: status, name and sentence; opened, the values that were compared.
final class StepRow {
    private static final PseudoClass OPEN = PseudoClass.getPseudoClass("open");

    static Node of(VerdictStep step) {
        String status = text("trust.status." + step.status().name());
        String name = text("trust.step." + step.id().name());
        Label statusLabel = Ui.label(status, "step-status", "status-" + tone(step.status()));
        statusLabel.setGraphic(Ui.icon(icon(step.status())));
        statusLabel.setMinWidth(118);
        VBox words = Ui.column(1, Ui.label(name, "strong"), Ui.paragraph(step.detail(), "muted"));
        words.setMaxWidth(Double.MAX_VALUE);
        var arrow = Ui.icon("mdi2c-chevron-down", "muted-icon");
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox head = Ui.row(10, statusLabel, words, arrow);
        head.setId("step-" + step.id().name());
        head.getStyleClass().setAll("step-head");
        head.setFocusTraversable(true);
        head.setAccessibleRole(AccessibleRole.BUTTON);
        head.setAccessibleText(name + ": " + status + ". " + step.detail());
        Node values = values(step.values());
        VBox row = new VBox(head, values);
        row.getStyleClass().addAll("step", "step-" + tone(step.status()));
        boolean has = !step.values().isEmpty();
        arrow.setVisible(has);
        Runnable toggle = () -> {
            boolean open = has && !values.isVisible();
            values.setVisible(open);
            values.setManaged(open);
            arrow.setIconLiteral(open ? "mdi2c-chevron-up" : "mdi2c-chevron-down");
            row.pseudoClassStateChanged(OPEN, open);
        };
        values.setVisible(false);
        values.setManaged(false);
        head.setOnMouseClicked(_ -> toggle.run());
        head.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.SPACE || event.getCode() == KeyCode.ENTER) {
                toggle.run();
                event.consume();
            }
        });
        if (step.status() == VerdictStep.Status.FAILED) {
            toggle.run();
        }
        return row;
    }

    private static Node values(List<VerdictStep.Value> values) {
        GridPane grid = new GridPane(12, 6);
        grid.getStyleClass().add("step-values");
        ColumnConstraints names = new ColumnConstraints();
        names.setMinWidth(Region.USE_PREF_SIZE);
        ColumnConstraints wide = new ColumnConstraints();
        wide.setHgrow(Priority.ALWAYS);
        grid.getColumnConstraints().addAll(names, wide);
        for (int i = 0; i < values.size(); i++) {
            VerdictStep.Value value = values.get(i);
            Label shown = Ui.paragraph(Shown.grouped(value.value()), "mono");
            grid.addRow(i, Ui.label(value.name(), "muted"), shown, Copy.button(value.name(), value::value));
        }
        return grid;
    }

    private static String icon(VerdictStep.Status status) {
        return switch (status) {
            case PASSED -> "mdi2c-check-circle-outline";
            case FAILED -> "mdi2c-close-circle-outline";
            case NOT_CHECKED -> "mdi2m-minus-circle-outline";
        };
    }

    private static String tone(VerdictStep.Status status) {
        return switch (status) {
            case PASSED -> "passed";
            case FAILED -> "failed";
            case NOT_CHECKED -> "open";
        };
    }

    private StepRow() {}
}
