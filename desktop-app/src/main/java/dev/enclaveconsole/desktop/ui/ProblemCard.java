package dev.enclaveconsole.desktop.ui;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import atlantafx.base.theme.Styles;
import dev.enclaveconsole.core.failure.Problem;
import java.util.function.Supplier;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// A failure on the screen: what happened, why, what to do. Bugs look different and offer their report.
public final class ProblemCard {

    /// @param onClose removes the card
    public static Node of(Failure failure, Dialogs dialogs, Runnable onClose) {
        VBox words = Ui.column(3);
        HBox.setHgrow(words, javafx.scene.layout.Priority.ALWAYS);
        String icon;
        String style;
        switch (failure) {
            case Failure.Expected(Problem problem) -> {
                icon = problem.kind() == Problem.Kind.REFUSED
                        ? "mdi2s-shield-alert-outline"
                        : "mdi2a-alert-circle-outline";
                style = "problem-card";
                fill(words, problem, dialogs);
            }
            case Failure.Bug bug -> {
                icon = "mdi2b-bug-outline";
                style = "bug-card";
                fill(words, bug, dialogs);
            }
        }
        Button close = new Button("", Ui.icon("mdi2c-close"));
        close.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT, Styles.SMALL);
        close.setAccessibleText(text("problem.dismiss"));
        close.setTooltip(Ui.tooltip(text("problem.dismiss")));
        close.setOnAction(_ -> onClose.run());
        HBox card = new HBox(12, Ui.icon(icon, "card-icon"), words, close);
        card.getStyleClass().addAll("failure-card", style);
        card.setAccessibleRole(AccessibleRole.TEXT);
        card.setAccessibleText(failure.sentence());
        return card;
    }

    private static void fill(VBox words, Problem problem, Dialogs dialogs) {
        words.getChildren().add(Ui.row(8, line("what", problem.what()), code(problem.code())));
        if (!problem.why().isEmpty()) {
            words.getChildren().add(line("why", problem.why()));
        }
        if (!problem.remedy().isEmpty()) {
            words.getChildren().add(line("remedy", problem.remedy()));
        }
        if (!problem.details().isBlank()) {
            words.getChildren().add(reader(text("problem.details"), problem::details, dialogs));
        }
    }

    /// A button that opens a longer text.
    private static Button reader(String title, Supplier<String> content, Dialogs dialogs) {
        Button open = new Button(title);
        open.getStyleClass().add(Styles.SMALL);
        open.setOnAction(_ -> {
            TextArea area = new TextArea(content.get());
            area.setEditable(false);
            area.setPrefRowCount(16);
            area.getStyleClass().add("mono");
            area.setAccessibleText(title);
            dialogs.tell(title, Ui.column(8, area, Copy.button(title, content)));
        });
        return open;
    }

    private static void fill(VBox words, Failure.Bug bug, Dialogs dialogs) {
        Button report = reader(text("bug.show-report"), bug::report, dialogs);
        words.getChildren()
                .addAll(
                        Ui.row(8, line("what", text("bug.title")), code(bug.code())),
                        line("remedy", text("bug.remedy")),
                        report);
    }

    private static Label line(String style, String text) {
        Label label = Ui.paragraph(text, "problem-" + style);
        HBox.setHgrow(label, javafx.scene.layout.Priority.SOMETIMES);
        return label;
    }

    private static Label code(String code) {
        Label label = Ui.label(code, "code-chip");
        label.setMinWidth(javafx.scene.layout.Region.USE_PREF_SIZE);
        return label;
    }

    private ProblemCard() {}
}
