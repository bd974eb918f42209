package dev.enclaveconsole.desktop.shell;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import atlantafx.base.theme.Styles;
import dev.enclaveconsole.desktop.ui.Background;
import dev.enclaveconsole.desktop.ui.TaskLine;
import dev.enclaveconsole.desktop.ui.Ui;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// What runs and what has run in this session.
final class TaskPane {

    static Node build(Background background) {
        ObservableList<TaskLine> all = FXCollections.observableArrayList();
        Runnable refill = () -> {
            all.setAll(background.running().reversed());
            all.addAll(background.history());
        };
        refill.run();
        ListChangeListener<TaskLine> follow = _ -> refill.run();
        background.history().addListener(follow);
        background.running().addListener(follow);
        ListView<TaskLine> list = new ListView<>(all);
        list.sceneProperty().addListener((_, before, after) -> {
            if (before != null && after == null) {
                background.history().removeListener(follow);
                background.running().removeListener(follow);
            }
        });
        list.setCellFactory(_ -> new Cell());
        list.setPlaceholder(Ui.label(text("tasks.empty"), "muted"));
        list.setAccessibleText(text("tasks.title"));
        list.setPrefSize(460, 300);
        list.getStyleClass().addAll("task-list", Styles.DENSE);
        return list;
    }

    private static final class Cell extends ListCell<TaskLine> {
        @Override
        protected void updateItem(@Nullable TaskLine line, boolean empty) {
            super.updateItem(line, empty);
            setText(null);
            setGraphic(line == null || empty ? null : node(line));
        }

        private static Node node(TaskLine line) {
            VBox words = Ui.column(2, Ui.label(line.title(), "strong"));
            var message = Ui.paragraph(line.messageProperty(), "muted", Styles.TEXT_SMALL);
            message.setMaxWidth(330);
            words.getChildren().add(Ui.shownWhen(message, line.messageProperty().map(m -> !m.isEmpty())));
            HBox.setHgrow(words, Priority.ALWAYS);
            var icon = Ui.icon("mdi2p-progress-clock");
            line.stateProperty().subscribe(state -> icon.setIconLiteral(icon(state)));
            Button cancel = new Button(text("task.cancel"));
            cancel.getStyleClass().addAll(Styles.SMALL);
            cancel.setAccessibleText(text("task.cancel-named", line.title()));
            cancel.setOnAction(_ -> line.cancel());
            Ui.shownWhen(cancel, line.stateProperty().map(s -> s == TaskLine.State.RUNNING));
            var elapsed = Ui.label(line.elapsedProperty(), "muted", "figures");
            elapsed.setMinWidth(64);
            return Ui.row(10, icon, words, elapsed, cancel);
        }

        private static String icon(TaskLine.State state) {
            return switch (state) {
                case RUNNING, CANCELLING -> "mdi2p-progress-clock";
                case DONE -> "mdi2c-check";
                case FAILED -> "mdi2a-alert-circle-outline";
                case CANCELLED -> "mdi2c-cancel";
            };
        }
    }

    private TaskPane() {}
}
