package dev.enclaveconsole.desktop.predict;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import dev.enclaveconsole.desktop.ui.Shown;
import dev.enclaveconsole.desktop.ui.Ui;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The phases of one request as one bar, with their milliseconds below.
final class PhaseBar {

    static Node of(List<Phases.Phase> phases) {
        long total = Math.max(1, phases.stream().mapToLong(Phases.Phase::micros).sum());
        HBox bar = new HBox();
        bar.getStyleClass().add("phase-bar");
        FlowPane legend = new FlowPane(14, 4);
        for (Phases.Phase phase : phases) {
            if (phase.micros() > 0) {
                Region part = new Region();
                part.getStyleClass().addAll("phase", "phase-" + phase.style());
                part.setMinWidth(2);
                part.prefWidthProperty().bind(bar.widthProperty().multiply((double) phase.micros() / total));
                bar.getChildren().add(part);
            }
            legend.getChildren().add(legendItem(phase));
        }
        VBox box = Ui.column(6, bar, legend);
        box.setAccessibleText(text("phase.accessible", spoken(phases)));
        return box;
    }

    private static Node legendItem(Phases.Phase phase) {
        Region swatch = new Region();
        swatch.getStyleClass().addAll("phase-swatch", "phase-" + phase.style());
        return Ui.row(
                5,
                swatch,
                Ui.label(phase.name(), "muted", "small"),
                Ui.label(text("phase.millis", Shown.millis(phase.micros())), "small", "figures"));
    }

    private static String spoken(List<Phases.Phase> phases) {
        return String.join(
                ", ",
                phases.stream()
                        .map(p -> p.name() + " " + text("phase.millis", Shown.millis(p.micros())))
                        .toList());
    }

    private PhaseBar() {}
}
