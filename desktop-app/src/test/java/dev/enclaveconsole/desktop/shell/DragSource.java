package dev.enclaveconsole.desktop.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private final AtomicBoolean ended;

    private DragSource(Stage stage, Label handle, AtomicBoolean ended) {
        this.stage = stage;
        this.handle = handle;
        this.ended = ended;
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
            AtomicBoolean ended = new AtomicBoolean();
            handle.setOnDragDone(_ -> ended.set(true));
            Stage stage = new Stage(StageStyle.UNDECORATED);
            stage.setScene(new Scene(handle, 90, 30));
            stage.setX(1290);
            stage.setY(20);
            stage.setAlwaysOnTop(true);
            stage.show();
            return new DragSource(stage, handle, ended);
        });
    }

    boolean ended() {
        return ended.get();
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
