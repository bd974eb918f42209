package dev.enclaveconsole.desktop.ui;

import java.util.Optional;
import javafx.beans.property.StringProperty;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;

/// Forms: a label at the left of each field, a hint below it.
public final class Forms {

    public record Row(String label, Node field, String hint) {}

    public static Row row(String label, Node field, String hint) {
        return new Row(label, field, hint);
    }

    public static TextField field(StringProperty value, String prompt) {
        TextField field = new TextField();
        field.textProperty().bindBidirectional(value);
        field.setPromptText(prompt);
        return field;
    }

    public static GridPane grid(Row... rows) {
        GridPane grid = new GridPane(12, 8);
        ColumnConstraints fields = new ColumnConstraints();
        fields.setHgrow(Priority.ALWAYS);
        grid.getColumnConstraints().addAll(new ColumnConstraints(110), fields);
        int line = 0;
        for (Row row : rows) {
            Label label = Ui.label(row.label());
            Node target = control(row.field()).orElse(row.field());
            label.setLabelFor(target);
            if (target.getAccessibleText() == null) {
                target.setAccessibleText(row.label());
            }
            GridPane.setValignment(label, VPos.CENTER);
            grid.addRow(line++, label, row.field());
            if (!row.hint().isEmpty()) {
                grid.add(Ui.paragraph(row.hint(), "muted", "small"), 1, line++);
            }
        }
        return grid;
    }

    private static Optional<Node> control(Node field) {
        return field instanceof javafx.scene.layout.Pane pane
                        && !pane.getChildren().isEmpty()
                ? Optional.of(pane.getChildren().getFirst())
                : Optional.empty();
    }

    private Forms() {}
}
