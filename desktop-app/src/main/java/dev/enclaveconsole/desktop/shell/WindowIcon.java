package dev.enclaveconsole.desktop.shell;

import dev.enclaveconsole.desktop.ui.Ui;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.Image;
import javafx.scene.layout.StackPane;
import javafx.scene.paint.Color;
import org.kordamp.ikonli.javafx.FontIcon;

/// The window's icon, drawn from the icon font.
final class WindowIcon {

    static Image draw() {
        FontIcon icon = Ui.icon("mdi2s-shield-lock");
        icon.setIconSize(64);
        icon.setIconColor(Color.web("#0969da"));
        StackPane pane = new StackPane(icon);
        var _ = new Scene(pane, 72, 72, Color.TRANSPARENT);
        SnapshotParameters parameters = new SnapshotParameters();
        parameters.setFill(Color.TRANSPARENT);
        return pane.snapshot(parameters, null);
    }

    private WindowIcon() {}
}
