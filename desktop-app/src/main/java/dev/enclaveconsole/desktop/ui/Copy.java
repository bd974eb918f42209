package dev.enclaveconsole.desktop.ui;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import atlantafx.base.theme.Styles;
import java.util.function.Supplier;
import javafx.animation.PauseTransition;
import javafx.scene.control.Button;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.util.Duration;
import org.kordamp.ikonli.javafx.FontIcon;

/// Buttons that put a text on the clipboard and say so by a tick.
public final class Copy {

    public static void toClipboard(String value) {
        ClipboardContent content = new ClipboardContent();
        content.putString(value);
        Clipboard.getSystemClipboard().setContent(content);
    }

    /// @param what named in tooltip and accessible text, e.g. "PCR0"
    public static Button button(String what, Supplier<String> value) {
        FontIcon icon = Ui.icon("mdi2c-content-copy");
        Button button = new Button("", icon);
        button.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT, Styles.SMALL);
        button.setAccessibleText(text("copy.name", what));
        button.setTooltip(Ui.tooltip(text("copy.name", what)));
        button.setOnAction(_ -> {
            toClipboard(value.get());
            icon.setIconLiteral("mdi2c-check");
            PauseTransition pause = new PauseTransition(Duration.seconds(1.2));
            pause.setOnFinished(_ -> icon.setIconLiteral("mdi2c-content-copy"));
            pause.play();
        });
        return button;
    }

    private Copy() {}
}
