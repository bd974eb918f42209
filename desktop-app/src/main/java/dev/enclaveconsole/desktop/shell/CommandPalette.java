package dev.enclaveconsole.desktop.shell;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import dev.enclaveconsole.desktop.ui.Action;
import dev.enclaveconsole.desktop.ui.Dialogs;
import dev.enclaveconsole.desktop.ui.Ui;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javafx.collections.FXCollections;
import javafx.collections.transformation.FilteredList;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Every enabled action by its name: type, choose, Enter.
final class CommandPalette {
    private final Dialogs dialogs;
    private final FilteredList<Action> matches;
    private final ListView<Action> list;

    private CommandPalette(Dialogs dialogs, List<Action> actions) {
        this.dialogs = dialogs;
        this.matches = new FilteredList<>(FXCollections.observableArrayList(
                actions.stream().filter(a -> a.enabled().get()).toList()));
        this.list = new ListView<>(matches);
    }

    static void open(Dialogs dialogs, List<Action> actions) {
        if (!dialogs.isOpen()) {
            dialogs.showBare(new CommandPalette(dialogs, actions).build());
        }
    }

    private Region build() {
        TextField query = new TextField();
        query.setId("palette-query");
        query.getStyleClass().add("first-focus");
        query.setPromptText(text("palette.prompt"));
        query.setAccessibleText(text("palette.prompt"));
        query.textProperty().subscribe(typed -> {
            matches.setPredicate(action -> matches(action, typed));
            list.getSelectionModel().selectFirst();
        });
        query.addEventFilter(KeyEvent.KEY_PRESSED, this::onKey);
        list.setCellFactory(_ -> new Cell());
        list.setFocusTraversable(false);
        list.setAccessibleText(text("palette.results"));
        list.setPlaceholder(Ui.label(text("palette.nothing"), "muted"));
        list.setPrefHeight(360);
        list.setOnMouseClicked(_ -> runSelected());
        VBox box = new VBox(8, query, list);
        box.setId("palette");
        box.getStyleClass().add("dialog-frame");
        box.setPrefWidth(560);
        box.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        return box;
    }

    static boolean matches(Action action, String typed) {
        String words = (action.name() + " " + action.description()).toLowerCase(Locale.ROOT);
        return Arrays.stream(typed.toLowerCase(Locale.ROOT).strip().split("\\s+", -1))
                .allMatch(words::contains);
    }

    private void onKey(KeyEvent event) {
        int selected = list.getSelectionModel().getSelectedIndex();
        if (event.getCode() == KeyCode.DOWN) {
            select(Math.min(selected + 1, matches.size() - 1));
        } else if (event.getCode() == KeyCode.UP) {
            select(Math.max(selected - 1, 0));
        } else if (event.getCode() == KeyCode.ENTER) {
            runSelected();
        } else {
            return;
        }
        event.consume();
    }

    private void select(int index) {
        list.getSelectionModel().select(index);
        list.scrollTo(index);
    }

    private void runSelected() {
        Action action = list.getSelectionModel().getSelectedItem();
        if (action != null) {
            dialogs.close();
            action.run();
        }
    }

    private static final class Cell extends ListCell<Action> {
        @Override
        protected void updateItem(@Nullable Action action, boolean empty) {
            super.updateItem(action, empty);
            setText(null);
            if (action == null || empty) {
                setGraphic(null);
                return;
            }
            VBox words =
                    Ui.column(1, Ui.label(action.name(), "strong"), Ui.label(action.description(), "muted", "small"));
            HBox row = Ui.row(12, Ui.icon(action.icon()), words, Ui.spacer(), Ui.label(action.shortcutText(), "keys"));
            setGraphic(row);
            setPrefWidth(0);
            setAccessibleText(action.accessibleText());
        }
    }
}
