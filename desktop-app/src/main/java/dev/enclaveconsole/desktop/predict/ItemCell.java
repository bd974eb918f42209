package dev.enclaveconsole.desktop.predict;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import dev.enclaveconsole.core.predict.PredictEntry;
import dev.enclaveconsole.desktop.ui.Shown;
import dev.enclaveconsole.desktop.ui.Ui;
import dev.enclaveconsole.protocol.api.LabelScore;
import javafx.beans.value.ChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.image.ImageView;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// One image in the list: thumbnail, name, and the answer or what is wrong with it.
final class ItemCell extends ListCell<PredictItem> {
    private final ChangeListener<Object> refresh = (_, _, _) -> render();
    private @Nullable PredictItem shown;

    @Override
    protected void updateItem(@Nullable PredictItem item, boolean empty) {
        super.updateItem(item, empty);
        if (shown != null) {
            shown.stateProperty().removeListener(refresh);
            shown.thumbnailProperty().removeListener(refresh);
        }
        shown = empty ? null : item;
        if (shown != null) {
            shown.stateProperty().addListener(refresh);
            shown.thumbnailProperty().addListener(refresh);
        }
        setPrefWidth(0);
        render();
    }

    private void render() {
        setText(null);
        if (shown == null) {
            setGraphic(null);
            return;
        }
        Label words = words(shown.stateProperty().get());
        VBox text = Ui.column(2, Ui.label(shown.name(), "strong"), words);
        setGraphic(Ui.row(10, thumbnail(shown, 44), Ui.grow(text)));
        setAccessibleText(shown.name() + ". " + words.getText());
    }

    private static Label words(PredictItem.State state) {
        return switch (state) {
            case PredictItem.State.Waiting() -> Ui.label(text("predict.state.waiting"), "muted");
            case PredictItem.State.Skipped() -> Ui.label(text("predict.state.skipped"), "muted");
            case PredictItem.State.Answered(PredictEntry entry) -> Ui.label(answer(entry));
            case PredictItem.State.Failed(var problem) -> {
                Label label = Ui.paragraph(problem.sentence(), "danger-text", "small");
                label.setGraphic(Ui.icon("mdi2a-alert-circle-outline", "danger-icon"));
                yield label;
            }
        };
    }

    static String answer(PredictEntry entry) {
        LabelScore best = entry.top().getFirst();
        return text(
                "predict.answer", best.label(), ScoreBars.percent(best.score()), Shown.millis(entry.latencyMicros()));
    }

    static Node thumbnail(PredictItem item, double edge) {
        StackPane frame = new StackPane();
        frame.getStyleClass().add("thumbnail");
        frame.setMinSize(edge, edge);
        frame.setMaxSize(edge, edge);
        if (item.thumbnailProperty().get() != null) {
            ImageView view = new ImageView(item.thumbnailProperty().get());
            view.setPreserveRatio(true);
            view.setFitWidth(edge);
            view.setFitHeight(edge);
            frame.getChildren().add(view);
        } else if (item.stateProperty().get() instanceof PredictItem.State.Waiting) {
            ProgressIndicator busy = new ProgressIndicator();
            busy.setMaxSize(edge / 2, edge / 2);
            busy.setAccessibleText(text("predict.state.waiting"));
            frame.getChildren().add(busy);
        } else {
            boolean failed = item.stateProperty().get() instanceof PredictItem.State.Failed;
            frame.getChildren()
                    .add(Ui.icon(failed ? "mdi2i-image-broken-variant" : "mdi2i-image-outline", "thumbnail-icon"));
        }
        return frame;
    }
}
