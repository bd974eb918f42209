package dev.enclaveconsole.desktop.predict;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import dev.enclaveconsole.desktop.ui.Png;
import dev.enclaveconsole.desktop.ui.Ui;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.image.Image;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// Where images land: dropped, pasted or chosen.
final class DropZone {
    private static final PseudoClass HOVERED = PseudoClass.getPseudoClass("drop");

    private final PredictViewModel model;
    private final PredictActions actions;

    DropZone(PredictViewModel model, PredictActions actions) {
        this.model = model;
        this.actions = actions;
    }

    Node build() {
        var ready = model.workspace().attestedProperty().isNotNull();
        var hint = Bindings.when(ready).then(text("predict.drop.hint")).otherwise(text("predict.drop.not-ready"));
        VBox words =
                Ui.column(2, Ui.label(text("predict.drop.title"), "placeholder-title"), Ui.paragraph(hint, "muted"));
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox buttons =
                Ui.row(8, Ui.primaryButton(actions.choose()), Ui.button(actions.folder()), Ui.button(actions.paste()));
        HBox zone = Ui.row(
                16,
                Ui.icon("mdi2i-image-plus", "drop-icon"),
                words,
                Ui.shownWhen(buttons, ready),
                Ui.shownWhen(Ui.primaryButton(actions.goToTrust()), ready.not()));
        zone.setId("drop-zone");
        zone.getStyleClass().add("drop-zone");
        zone.setAccessibleText(text("predict.drop.title"));
        return zone;
    }

    /// Lets the whole page take drops, so that nobody has to aim.
    void receiveOn(Node page, Node zone) {
        page.setOnDragOver(event -> {
            if (!offer(event.getDragboard()).isEmpty()) {
                event.acceptTransferModes(TransferMode.COPY);
                zone.pseudoClassStateChanged(HOVERED, true);
            }
            event.consume();
        });
        page.setOnDragExited(_ -> zone.pseudoClassStateChanged(HOVERED, false));
        page.setOnDragDropped(this::dropped);
    }

    private void dropped(DragEvent event) {
        event.setDropCompleted(take(event.getDragboard()));
        event.consume();
    }

    void paste() {
        take(Clipboard.getSystemClipboard());
    }

    private boolean take(Clipboard from) {
        boolean ready = model.workspace().attested().isPresent();
        return switch (DropLogic.decide(offer(from), ready)) {
            case DropLogic.Decision.TakeFiles(List<Path> files) -> {
                model.submit(files);
                yield true;
            }
            case DropLogic.Decision.TakeImage() -> {
                Image image = from.getImage();
                model.submitImage(Png.encode(image));
                yield true;
            }
            case DropLogic.Decision.Refuse(String reasonKey) -> {
                model.refuse(reasonKey);
                yield false;
            }
        };
    }

    private static DropLogic.Offer offer(Clipboard from) {
        List<Path> files =
                from.hasFiles() ? from.getFiles().stream().map(File::toPath).toList() : List.of();
        return new DropLogic.Offer(
                files, from.hasImage(), from.hasUrl() ? Optional.of(from.getUrl()) : Optional.empty());
    }
}
