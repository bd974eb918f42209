package dev.enclaveconsole.desktop.predict;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import dev.enclaveconsole.desktop.ui.Ui;
import dev.enclaveconsole.protocol.api.LabelScore;
import java.util.List;
import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/// The best labels with their scores as bars.
final class ScoreBars {

    static Node of(List<LabelScore> top) {
        GridPane grid = new GridPane(10, 3);
        ColumnConstraints labels = new ColumnConstraints();
        labels.setPercentWidth(34);
        ColumnConstraints bars = new ColumnConstraints();
        bars.setHgrow(Priority.ALWAYS);
        ColumnConstraints figures = new ColumnConstraints(58);
        grid.getColumnConstraints().addAll(labels, bars, figures);
        for (int i = 0; i < top.size(); i++) {
            LabelScore score = top.get(i);
            Label name = Ui.label(score.label(), i == 0 ? "score-best" : "score-label");
            name.setTooltip(Ui.tooltip(score.label()));
            Label figure = Ui.label(percent(score.score()), "figures", i == 0 ? "score-best" : "score-label");
            figure.setMaxWidth(Double.MAX_VALUE);
            figure.setAlignment(Pos.CENTER_RIGHT);
            grid.addRow(i, name, bar(score.score(), i == 0), figure);
        }
        grid.setAccessibleText(text("predict.top.accessible", spoken(top)));
        return grid;
    }

    private static Node bar(double fraction, boolean best) {
        Region fill = new Region();
        fill.getStyleClass().add(best ? "score-fill-best" : "score-fill");
        StackPane track = new StackPane(fill);
        track.setAlignment(Pos.CENTER_LEFT);
        track.getStyleClass().add("score-track");
        track.setMinWidth(40);
        fill.maxWidthProperty().bind(track.widthProperty().multiply(Math.clamp(fraction, 0.004, 1)));
        return track;
    }

    static String percent(double score) {
        return String.format(Locale.ROOT, "%.1f %%", score * 100);
    }

    private static String spoken(List<LabelScore> top) {
        return String.join(
                ", ",
                top.stream().map(s -> s.label() + " " + percent(s.score())).toList());
    }

    private ScoreBars() {}
}
