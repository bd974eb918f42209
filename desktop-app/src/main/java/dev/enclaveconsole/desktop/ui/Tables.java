package dev.enclaveconsole.desktop.ui;

import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.Node;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import org.jspecify.annotations.Nullable;

/// Columns of tables over immutable rows.
public final class Tables {
    /// Columns up to this width hold figures and times, which are useless when cut.
    private static final double NARROW = 90;

    public static <R> TableColumn<R, String> column(String title, double width, Function<R, String> value) {
        TableColumn<R, String> column = new TableColumn<>(title);
        column.setCellValueFactory(row -> new ReadOnlyStringWrapper(value.apply(row.getValue())));
        column.setPrefWidth(width);
        if (width <= NARROW) {
            column.setMinWidth(width);
        }
        return column;
    }

    public static <R> TableColumn<R, String> mono(String title, double width, Function<R, String> value) {
        TableColumn<R, String> column = column(title, width, value);
        column.getStyleClass().add("mono-column");
        return column;
    }

    /// A column of nodes, such as a value with a copy button.
    public static <R> TableColumn<R, R> nodes(String title, double width, Function<R, Node> node) {
        TableColumn<R, R> column = new TableColumn<>(title);
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        column.setPrefWidth(width);
        column.setSortable(false);
        column.setCellFactory(_ -> new TableCell<>() {
            @Override
            protected void updateItem(@Nullable R row, boolean empty) {
                super.updateItem(row, empty);
                setText(null);
                setGraphic(row == null || empty ? null : node.apply(row));
            }
        });
        return column;
    }

    private Tables() {}
}
