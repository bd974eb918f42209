package dev.enclaveconsole.desktop.predict;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.predict.PredictEntry;
import dev.enclaveconsole.desktop.ui.Shown;
import dev.enclaveconsole.desktop.ui.Ui;
import javafx.beans.value.ChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The chosen image with its best labels and where the time went.
final class ResultPane {
    private final VBox content = Ui.column(12);
    private final ChangeListener<Object> refresh = (_, _, _) -> render();
    private @Nullable PredictItem shown;

    Node build(PredictViewModel model) {
        content.setId("result");
        model.selectedProperty().subscribe(this::show);
        VBox card = Ui.column(0, content);
        card.getStyleClass().add("panel");
        return card;
    }

    private void show(@Nullable PredictItem item) {
        if (shown != null) {
            shown.stateProperty().removeListener(refresh);
            shown.thumbnailProperty().removeListener(refresh);
        }
        shown = item;
        if (item != null) {
            item.stateProperty().addListener(refresh);
            item.thumbnailProperty().addListener(refresh);
        }
        render();
    }

    private void render() {
        if (shown == null) {
            content.getChildren().setAll(Ui.paragraph(text("predict.result.none"), "muted"));
            return;
        }
        Node picture = ItemCell.thumbnail(shown, 112);
        VBox words = Ui.column(8, Ui.label(shown.name(), "strong"));
        HBox.setHgrow(words, Priority.ALWAYS);
        words.setMinWidth(0);
        HBox above = new HBox(14, picture, words);
        content.getChildren().setAll(above);
        switch (shown.stateProperty().get()) {
            case PredictItem.State.Waiting() ->
                words.getChildren().add(Ui.label(text("predict.state.waiting"), "muted"));
            case PredictItem.State.Skipped() ->
                words.getChildren().add(Ui.label(text("predict.state.skipped"), "muted"));
            case PredictItem.State.Failed(Problem problem) ->
                words.getChildren().addAll(problem(problem));
            case PredictItem.State.Answered(PredictEntry entry) -> {
                words.getChildren().add(ScoreBars.of(entry.top()));
                entry.timings()
                        .ifPresent(t -> content.getChildren()
                                .addAll(
                                        Ui.row(
                                                8,
                                                phaseTitle(),
                                                Ui.label(
                                                        text("phase.total", Shown.millis(entry.latencyMicros())),
                                                        "muted")),
                                        PhaseBar.of(Phases.of(entry.latencyMicros(), t))));
            }
        }
    }

    private static Node phaseTitle() {
        Label title = Ui.label(text("phase.title"), "strong");
        title.setMinWidth(Region.USE_PREF_SIZE);
        return title;
    }

    private static Node[] problem(Problem problem) {
        return new Node[] {
            Ui.paragraph(problem.what(), "danger-text"),
            Ui.paragraph(problem.why()),
            Ui.paragraph(problem.remedy()),
            Ui.label(problem.code(), "code-chip")
        };
    }
}
