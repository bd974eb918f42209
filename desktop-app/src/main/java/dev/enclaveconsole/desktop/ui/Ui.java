package dev.enclaveconsole.desktop.ui;

import atlantafx.base.theme.Styles;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// Small pieces that every view is made of.
public final class Ui {

    public static FontIcon icon(String code, String... styles) {
        FontIcon icon = new FontIcon(code);
        icon.getStyleClass().addAll(styles);
        return icon;
    }

    public static Label label(String text, String... styles) {
        Label label = new Label(text);
        label.getStyleClass().addAll(styles);
        return label;
    }

    public static Label label(ObservableValue<String> text, String... styles) {
        Label label = label("", styles);
        label.textProperty().bind(text);
        return label;
    }

    /// A label that breaks lines and grows as high as it needs.
    public static Label paragraph(String text, String... styles) {
        Label label = label(text, styles);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    public static Label paragraph(ObservableValue<String> text, String... styles) {
        Label label = paragraph("", styles);
        label.textProperty().bind(text);
        return label;
    }

    public static Region spacer() {
        Region region = new Region();
        HBox.setHgrow(region, Priority.ALWAYS);
        return region;
    }

    public static HBox row(double gap, Node... children) {
        HBox row = new HBox(gap, children);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    public static VBox column(double gap, Node... children) {
        return new VBox(gap, children);
    }

    /// A framed area with a heading and, at its right end, small tools.
    public static VBox card(String title, Node[] tools, Node... content) {
        HBox head = row(8, label(title, "card-title"), spacer());
        head.getChildren().addAll(tools);
        VBox card = new VBox(10, head);
        card.getChildren().addAll(content);
        card.getStyleClass().add("panel");
        return card;
    }

    public static Button button(Action action, String... styles) {
        Button button = new Button(action.name(), icon(action.icon()));
        equip(button, action);
        button.getStyleClass().addAll(styles);
        return button;
    }

    public static Button primaryButton(Action action) {
        Button button = button(action, Styles.ACCENT);
        button.setDefaultButton(false);
        return button;
    }

    public static Button iconButton(Action action) {
        Button button = new Button("", icon(action.icon()));
        equip(button, action);
        button.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT);
        return button;
    }

    public static MenuItem menuItem(Action action) {
        MenuItem item = new MenuItem(action.name(), icon(action.icon()));
        item.setOnAction(_ -> action.run());
        item.disableProperty().bind(Bindings.not(action.enabled()));
        return item;
    }

    private static void equip(Button button, Action action) {
        button.setId("action-" + action.id().replace('.', '-'));
        button.setOnAction(_ -> action.run());
        button.disableProperty().bind(Bindings.not(action.enabled()));
        button.setAccessibleText(action.accessibleText());
        String keys = action.shortcutText().isEmpty() ? "" : "  (" + action.shortcutText() + ")";
        button.setTooltip(tooltip(action.description() + keys));
        button.setMinWidth(Region.USE_PREF_SIZE);
    }

    public static Tooltip tooltip(String text) {
        Tooltip tooltip = new Tooltip(text);
        tooltip.setWrapText(true);
        tooltip.setMaxWidth(420);
        return tooltip;
    }

    /// Shown only while `condition` holds; takes no room otherwise.
    public static <N extends Node> N shownWhen(N node, ObservableValue<Boolean> condition) {
        node.visibleProperty().bind(condition);
        node.managedProperty().bind(condition);
        return node;
    }

    public static <N extends Node> N grow(N node) {
        HBox.setHgrow(node, Priority.ALWAYS);
        VBox.setVgrow(node, Priority.ALWAYS);
        if (node instanceof Region region) {
            region.setMaxSize(Double.MAX_VALUE, Double.MAX_VALUE);
        }
        return node;
    }

    /// What an empty list says.
    public static VBox placeholder(String iconCode, String title, String hint, Node... below) {
        VBox box = new VBox(8, icon(iconCode, "placeholder-icon"), label(title, "placeholder-title"));
        Label text = paragraph(hint, "muted");
        text.setMaxWidth(460);
        text.setAlignment(Pos.CENTER);
        text.setStyle("-fx-text-alignment: center;");
        box.getChildren().add(text);
        box.getChildren().addAll(below);
        box.setAlignment(Pos.CENTER);
        box.getStyleClass().add("placeholder");
        return box;
    }

    private Ui() {}
}
