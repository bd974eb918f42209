package dev.enclaveconsole.desktop.host;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import atlantafx.base.theme.Styles;
import dev.enclaveconsole.core.host.doctor.Finding;
import dev.enclaveconsole.core.host.doctor.Fix;
import dev.enclaveconsole.core.host.doctor.Severity;
import dev.enclaveconsole.desktop.ui.Ui;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableBooleanValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// One finding: how it matters, what was found, why it matters, what to do; at the right the button that fixes it.
final class FindingRow {

    static Node of(Finding finding, ObservableBooleanValue idle, Consumer<Fix> onFix) {
        String severity = text("doctor.severity." + finding.severity().name());
        Label mark = Ui.label(severity, "step-status", style(finding.severity()));
        mark.setGraphic(Ui.icon(icon(finding.severity())));
        mark.setMinWidth(104);
        VBox words = Ui.column(2, Ui.paragraph(finding.what(), "strong"));
        if (finding.severity() != Severity.OK) {
            add(words, finding.why());
            add(words, finding.advice());
        }
        HBox.setHgrow(words, Priority.ALWAYS);
        words.setMinWidth(0);
        HBox row = Ui.row(10, mark, words);
        row.setAlignment(Pos.TOP_LEFT);
        finding.fix().ifPresent(fix -> row.getChildren().add(button(finding, fix, idle, onFix)));
        row.setId("finding-" + finding.id());
        row.getStyleClass().addAll("step", "finding");
        return row;
    }

    private static void add(VBox words, String sentence) {
        if (!sentence.isBlank()) {
            words.getChildren().add(Ui.paragraph(sentence, "muted"));
        }
    }

    private static Button button(Finding finding, Fix fix, ObservableBooleanValue idle, Consumer<Fix> onFix) {
        Button button = new Button(text("doctor.fix.button"), Ui.icon("mdi2w-wrench-outline"));
        button.setId("fix-" + finding.id());
        button.getStyleClass().add(Styles.SMALL);
        button.setAccessibleText(text("doctor.fix.accessible", fix.title()));
        button.setTooltip(Ui.tooltip(fix.title()));
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.disableProperty().bind(Bindings.not(idle));
        button.setOnAction(_ -> onFix.accept(fix));
        return button;
    }

    private static String style(Severity severity) {
        return switch (severity) {
            case PROBLEM -> "status-failed";
            case WARNING -> "status-warning";
            case OK, UNKNOWN -> "status-open";
        };
    }

    private static String icon(Severity severity) {
        return switch (severity) {
            case PROBLEM -> "mdi2c-close-circle-outline";
            case WARNING -> "mdi2a-alert-outline";
            case UNKNOWN -> "mdi2h-help-circle-outline";
            case OK -> "mdi2c-check-circle-outline";
        };
    }

    private FindingRow() {}
}
