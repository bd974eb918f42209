package dev.enclaveconsole.desktop.ui;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import atlantafx.base.controls.ModalPane;
import atlantafx.base.theme.Styles;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Dialogs inside the window, one at a time; further ones wait. Escape and Cancel close without doing anything.
public final class Dialogs {
    private static final double FRAME_WIDTH = 620;
    private static final double BODY_WIDTH = 576;

    private final ModalPane pane = new ModalPane();
    private final Deque<Open> waiting = new ArrayDeque<>();
    private @Nullable Open open;

    private record Open(Parent node, Runnable onDismissed) {}

    public Dialogs() {
        pane.setId("dialogs");
        pane.setPersistent(true);
        pane.setFocusTraversable(false);
        pane.setInTransitionFactory(null);
        pane.setOutTransitionFactory(null);
        pane.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE && open != null) {
                event.consume();
                dismiss();
            }
        });
    }

    public ModalPane pane() {
        return pane;
    }

    public boolean isOpen() {
        return open != null;
    }

    /// Asks for a decision.
    ///
    /// @param onConfirm does the thing and returns true, or returns false to keep the dialog open
    /// @param onDismissed runs if the user decides against it
    public void ask(
            String title,
            Node body,
            String confirm,
            boolean dangerous,
            BooleanSupplier onConfirm,
            Runnable onDismissed) {
        Button yes = new Button(confirm);
        yes.setId("dialog-confirm");
        yes.setDefaultButton(!dangerous);
        yes.getStyleClass().add(dangerous ? Styles.DANGER : Styles.ACCENT);
        yes.setOnAction(_ -> {
            if (onConfirm.getAsBoolean()) {
                close();
            }
        });
        Button no = new Button(text("dialog.cancel"));
        no.setId("dialog-cancel");
        no.setCancelButton(true);
        no.setOnAction(_ -> dismiss());
        enqueue(new Open(frame(title, body, no, yes), onDismissed));
    }

    public void confirm(String title, Node body, String confirm, boolean dangerous, Runnable onConfirm) {
        ask(
                title,
                body,
                confirm,
                dangerous,
                () -> {
                    onConfirm.run();
                    return true;
                },
                () -> {});
    }

    /// Shows something to read.
    public void tell(String title, Node body) {
        Button ok = new Button(text("dialog.close"));
        ok.setId("dialog-close");
        ok.setDefaultButton(true);
        ok.setOnAction(_ -> close());
        enqueue(new Open(frame(title, body, ok), () -> {}));
    }

    /// Shows a node without a frame of its own, such as the palette.
    public void showBare(Parent node) {
        enqueue(new Open(node, () -> {}));
    }

    public void close() {
        open = null;
        Open next = waiting.poll();
        if (next == null) {
            pane.hide(true);
        } else {
            show(next);
        }
    }

    private void dismiss() {
        Open dismissed = open;
        close();
        if (dismissed != null) {
            dismissed.onDismissed().run();
        }
    }

    private void enqueue(Open next) {
        if (open == null) {
            show(next);
        } else {
            waiting.add(next);
        }
    }

    private void show(Open next) {
        open = next;
        pane.show(next.node());
        Platform.runLater(() -> focusFirst(next.node()));
    }

    private static void focusFirst(Parent node) {
        node.applyCss();
        node.layout();
        Node first = node.lookup(".first-focus");
        if (first == null) {
            first = node.lookup(".button.accent");
        }
        if (first == null) {
            first = node.lookup(".button");
        }
        if (first != null) {
            first.requestFocus();
        }
    }

    private static Region frame(String title, Node body, Button... buttons) {
        HBox bar = Ui.row(8, Ui.spacer());
        for (Button button : buttons) {
            ButtonBar.setButtonUniformSize(button, false);
            bar.getChildren().add(button);
        }
        ScrollPane scroll = new ScrollPane(body);
        scroll.setFitToWidth(true);
        scroll.setFocusTraversable(false);
        scroll.getStyleClass().add("dialog-body");
        if (body instanceof Region region) {
            // Wrapped text grows with its real width only.
            scroll.prefViewportHeightProperty()
                    .bind(Bindings.createDoubleBinding(
                            () -> region.prefHeight(BODY_WIDTH),
                            region.layoutBoundsProperty(),
                            region.needsLayoutProperty()));
        }
        VBox frame = new VBox(14, Ui.paragraph(title, Styles.TITLE_4), scroll, bar);
        frame.getStyleClass().add("dialog-frame");
        frame.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        frame.setPrefWidth(FRAME_WIDTH);
        return frame;
    }
}
