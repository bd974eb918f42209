package dev.enclaveconsole.desktop.shell;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import atlantafx.base.controls.Popover;
import atlantafx.base.theme.Styles;
import dev.enclaveconsole.desktop.ui.Background;
import dev.enclaveconsole.desktop.ui.TaskLine;
import dev.enclaveconsole.desktop.ui.Ui;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.util.Duration;

/// The foot of the window: what runs now, how far it is, Cancel; and the way to the list of tasks.
final class StatusBar {
    private final Background background;
    private final HBox now = Ui.row(10);
    private final Timeline clock;
    private final Button tasks = new Button();

    StatusBar(Background background) {
        this.background = background;
        this.clock = new Timeline(new KeyFrame(Duration.millis(250), _ -> background.refresh()));
        clock.setCycleCount(Animation.INDEFINITE);
        background.running().addListener((ListChangeListener<TaskLine>) _ -> update());
    }

    Node build() {
        tasks.setId("tasks");
        tasks.getStyleClass().addAll(Styles.FLAT, Styles.SMALL);
        tasks.setGraphic(Ui.icon("mdi2f-format-list-checks"));
        tasks.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> text("tasks.button", background.running().size()), background.running()));
        tasks.setAccessibleText(text("tasks.title"));
        tasks.setTooltip(Ui.tooltip(text("tasks.title")));
        tasks.setOnAction(_ -> showTasks());
        tasks.setMinWidth(Region.USE_PREF_SIZE);
        HBox bar = Ui.row(12, now, Ui.spacer(), tasks);
        bar.getStyleClass().add("status-bar");
        update();
        return bar;
    }

    void showTasks() {
        Popover popover = new Popover(TaskPane.build(background));
        popover.setArrowLocation(Popover.ArrowLocation.BOTTOM_RIGHT);
        popover.setTitle(text("tasks.title"));
        popover.setHeaderAlwaysVisible(true);
        popover.setDetachable(false);
        popover.show(tasks);
    }

    private void update() {
        if (background.running().isEmpty()) {
            clock.stop();
            now.getChildren().setAll(Ui.label(text("status.idle"), "muted"));
            return;
        }
        clock.play();
        TaskLine line = background.running().getLast();
        now.getChildren().setAll(nodes(line));
    }

    private static Node[] nodes(TaskLine line) {
        ProgressBar progress = new ProgressBar();
        progress.progressProperty().bind(line.fractionProperty());
        progress.setPrefWidth(130);
        progress.setAccessibleText(text("task.progress", line.title()));
        Button cancel = new Button(text("task.cancel"), Ui.icon("mdi2c-close-circle-outline"));
        cancel.setId("cancel");
        cancel.getStyleClass().addAll(Styles.SMALL, Styles.FLAT);
        cancel.setAccessibleText(text("task.cancel-named", line.title()));
        cancel.disableProperty().bind(line.stateProperty().isEqualTo(TaskLine.State.CANCELLING));
        cancel.setOnAction(_ -> line.cancel());
        cancel.setMinWidth(Region.USE_PREF_SIZE);
        var elapsed = Ui.label(line.elapsedProperty(), "muted", "figures");
        elapsed.setMinWidth(Region.USE_PREF_SIZE);
        return new Node[] {
            Ui.label(line.title(), "strong"), progress, elapsed, cancel, Ui.label(line.messageProperty(), "muted")
        };
    }
}
