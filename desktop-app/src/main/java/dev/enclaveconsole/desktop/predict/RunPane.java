package dev.enclaveconsole.desktop.predict;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import atlantafx.base.theme.Styles;
import dev.enclaveconsole.core.predict.PredictStatistics;
import dev.enclaveconsole.desktop.ui.PlotCanvas;
import dev.enclaveconsole.desktop.ui.Shown;
import dev.enclaveconsole.desktop.ui.Ui;
import java.util.Optional;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/// The run in figures: percentiles of the whole run as numbers, of each second as a chart.
final class RunPane {
    private static final Duration REDRAW = Duration.millis(250);

    private final PredictViewModel model;
    private final PredictActions actions;
    private final PlotCanvas chart = new PlotCanvas();
    private final Label count = figure();
    private final Label errors = figure();
    private final Label p50 = figure();
    private final Label p95 = figure();
    private final Label p99 = figure();
    private final Timeline clock;

    RunPane(PredictViewModel model, PredictActions actions) {
        this.model = model;
        this.actions = actions;
        this.clock = new Timeline(new KeyFrame(REDRAW, _ -> redrawIfDirty()));
        clock.setCycleCount(Animation.INDEFINITE);
        chart.setId("chart");
    }

    PlotCanvas chart() {
        return chart;
    }

    Node build() {
        ComboBox<Integer> times = new ComboBox<>();
        times.getItems().addAll(10, 50, 200, 1000);
        times.valueProperty().bindBidirectional(actions.times());
        times.setAccessibleText(text("predict.repeat.times"));
        times.getStyleClass().add(Styles.SMALL);
        MenuButton export = new MenuButton(
                text("predict.export"),
                Ui.icon("mdi2e-export-variant"),
                Ui.menuItem(actions.exportCsv()),
                Ui.menuItem(actions.exportJson()),
                Ui.menuItem(actions.exportChart()));
        export.getStyleClass().add(Styles.SMALL);
        export.setAccessibleText(text("predict.export"));
        FlowPane figures = new FlowPane(
                18,
                4,
                stat(text("predict.stat.count"), count),
                stat(text("predict.stat.errors"), errors),
                stat("p50", p50),
                stat("p95", p95),
                stat("p99", p99));
        figures.setPrefWrapLength(300);
        HBox tools = Ui.row(8, Ui.button(actions.repeat(), Styles.SMALL), times, export);
        VBox pane = Ui.column(
                8, Ui.row(8, Ui.label(text("predict.run"), "card-title"), Ui.spacer(), tools), figures, Ui.grow(chart));
        pane.getStyleClass().add("panel");
        pane.sceneProperty().subscribe(scene -> {
            if (scene == null) {
                clock.stop();
            } else {
                redraw();
                clock.play();
            }
        });
        return pane;
    }

    private void redrawIfDirty() {
        if (model.dirtyProperty().get()) {
            redraw();
        }
    }

    private void redraw() {
        model.dirtyProperty().set(false);
        chart.show(model.plot());
        Optional<PredictStatistics> statistics = model.statistics();
        count.setText(statistics.map(s -> String.valueOf(s.n())).orElse("–"));
        errors.setText(statistics.map(s -> String.valueOf(s.errorCount())).orElse("–"));
        boolean some = statistics.filter(s -> s.n() > 0).isPresent();
        p50.setText(some ? millis(statistics.get().latency().p50Micros()) : "–");
        p95.setText(some ? millis(statistics.get().latency().p95Micros()) : "–");
        p99.setText(some ? millis(statistics.get().latency().p99Micros()) : "–");
    }

    private static String millis(long micros) {
        return text("phase.millis", Shown.millis(micros));
    }

    private static Label figure() {
        return Ui.label("–", "stat-figure", "figures");
    }

    private static Node stat(String name, Label figure) {
        return Ui.row(6, Ui.label(name, "muted", "small"), figure);
    }
}
