package dev.enclaveconsole.desktop.shell;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import dev.enclaveconsole.desktop.ui.Action;
import dev.enclaveconsole.desktop.ui.Feature;
import dev.enclaveconsole.desktop.ui.Navigator;
import dev.enclaveconsole.desktop.ui.Ui;
import java.util.List;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The navigation at the left edge.
final class Sidebar {
    private static final PseudoClass CURRENT = PseudoClass.getPseudoClass("current");

    /// @param tools actions at the foot, shown as buttons
    static Node build(List<Feature> features, Navigator navigator, List<Action> tools) {
        Label name = Ui.label(text("app.name"), "app-name");
        VBox bar = new VBox(2, Ui.row(8, Ui.icon("mdi2s-shield-lock-outline", "app-icon"), name));
        bar.getChildren().getFirst().getStyleClass().add("app-head");
        for (Feature feature : features) {
            bar.getChildren().add(item(feature, navigator));
        }
        Region space = new Region();
        VBox.setVgrow(space, Priority.ALWAYS);
        bar.getChildren().add(space);
        for (Action tool : tools) {
            bar.getChildren().add(tool(tool));
        }
        bar.getStyleClass().add("sidebar");
        return bar;
    }

    private static Button item(Feature feature, Navigator navigator) {
        Button item = new Button(feature.name(), Ui.icon(feature.icon()));
        item.setId("nav-" + feature.id());
        item.getStyleClass().setAll("nav-item");
        item.setMaxWidth(Double.MAX_VALUE);
        item.setAlignment(Pos.CENTER_LEFT);
        item.setAccessibleText(text("nav.accessible", feature.name(), feature.subtitle()));
        item.setOnAction(_ -> navigator.show(feature.id()));
        navigator
                .currentProperty()
                .subscribe(current ->
                        item.pseudoClassStateChanged(CURRENT, feature.id().equals(current)));
        return item;
    }

    private static Button tool(Action action) {
        Button button = Ui.button(action);
        button.getStyleClass().setAll("nav-item", "nav-tool");
        button.setMaxWidth(Double.MAX_VALUE);
        button.setAlignment(Pos.CENTER_LEFT);
        if (!action.shortcutText().isEmpty()) {
            Label keys = Ui.label(action.shortcutText(), "keys");
            button.setText("");
            button.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
            keys.setMinWidth(Region.USE_PREF_SIZE);
            HBox words = Ui.row(10, Ui.icon(action.icon()), Ui.label(action.name()), Ui.spacer(), keys);
            words.setPrefWidth(168);
            button.setGraphic(words);
        }
        return button;
    }

    private Sidebar() {}
}
