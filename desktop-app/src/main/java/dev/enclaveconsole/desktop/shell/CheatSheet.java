package dev.enclaveconsole.desktop.shell;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import dev.enclaveconsole.desktop.ui.Action;
import dev.enclaveconsole.desktop.ui.Dialogs;
import dev.enclaveconsole.desktop.ui.Ui;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;

/// All keyboard shortcuts.
final class CheatSheet {

    static void open(Dialogs dialogs, List<Action> actions) {
        GridPane grid = new GridPane(16, 8);
        grid.getColumnConstraints().addAll(new ColumnConstraints(130), new ColumnConstraints());
        int row = 0;
        for (Action action : actions) {
            if (action.shortcut() != null) {
                Label keys = Ui.label(action.shortcutText(), "keys");
                grid.addRow(row++, keys, Ui.label(action.name()));
            }
        }
        dialogs.tell(text("cheatsheet.title"), grid);
    }

    private CheatSheet() {}
}
