package dev.enclaveconsole.desktop.shell;

import java.nio.file.Path;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.TransferMode;
import javafx.stage.Stage;
import javafx.stage.StageStyle;

/// A little window from which a file can be dragged.
final class DragSource implements AutoCloseable {
    private final Stage stage;
    private final Label handle;

    private DragSource(Stage stage, Label handle) {
        this.stage = stage;
        this.handle = handle;
    }

    static DragSource of(Path file) {
        return Window.onFx(() -> {
            Label handle = new Label("drag me");
            handle.setOnDragDetected(event -> {
                ClipboardContent content = new ClipboardContent();
                content.putFiles(List.of(file.toAbsolutePath().normalize().toFile()));
                handle.startDragAndDrop(TransferMode.COPY).setContent(content);
                event.consume();
            });
            Stage stage = new Stage(StageStyle.UNDECORATED);
            stage.setScene(new Scene(handle, 90, 30));
            stage.setX(1290);
            stage.setY(20);
            stage.setAlwaysOnTop(true);
            stage.show();
            return new DragSource(stage, handle);
        });
    }

    Node handle() {
        return handle;
    }

    @Override
    public void close() {
        Window.onFx(() -> {
            stage.hide();
            return true;
        });
    }
}
