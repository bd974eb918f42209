package dev.enclaveconsole.desktop.enclave;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import atlantafx.base.theme.Styles;
import dev.enclaveconsole.desktop.ui.Copy;
import dev.enclaveconsole.desktop.ui.SaveFile;
import dev.enclaveconsole.desktop.ui.Ui;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javafx.collections.ListChangeListener;
import javafx.collections.transformation.FilteredList;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ListView;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;

/// The console of an enclave: follow, search, copy, save.
final class ConsolePane {
    /// About eight lines, also in the smallest window.
    private static final double LEAST_HEIGHT = 160;

    private final EnclaveViewModel model;
    private final SaveFile saveFile;
    private final FilteredList<String> shown;
    private final ListView<String> lines;

    ConsolePane(EnclaveViewModel model, SaveFile saveFile) {
        this.model = model;
        this.saveFile = saveFile;
        this.shown = new FilteredList<>(model.console().lines());
        this.lines = new ListView<>(shown);
    }

    Node build() {
        lines.setId("console-lines");
        lines.setMinHeight(LEAST_HEIGHT);
        lines.getStyleClass().addAll("console-lines", Styles.DENSE);
        lines.setAccessibleText(text("enclave.console.lines"));
        lines.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        lines.setPlaceholder(Ui.label(text("enclave.console.empty"), "muted"));
        TextField search = new TextField();
        search.setPromptText(text("enclave.console.search"));
        search.setAccessibleText(text("enclave.console.search"));
        search.setPrefWidth(180);
        search.textProperty().subscribe(typed -> shown.setPredicate(line -> contains(line, typed)));
        ToggleButton follow = new ToggleButton(text("enclave.console.follow"), Ui.icon("mdi2a-arrow-collapse-down"));
        follow.setSelected(true);
        follow.getStyleClass().add(Styles.SMALL);
        follow.setTooltip(Ui.tooltip(text("enclave.console.follow.hint")));
        shown.addListener((ListChangeListener<String>) _ -> {
            if (follow.isSelected() && !shown.isEmpty()) {
                lines.scrollTo(shown.size() - 1);
            }
        });
        Button save = small(text("enclave.console.save"), "mdi2c-content-save-outline");
        save.setOnAction(
                _ -> saveFile.ask(text("enclave.console.save"), fileName(), path -> saveFile.write(path, bytes())));
        Button close = small(text("enclave.console.close"), "mdi2c-close");
        close.setOnAction(_ -> model.closeConsole());
        var title = model.consoleOfProperty()
                .map(shown ->
                        text(shown.saved() ? "enclave.console.saved-title" : "enclave.console.title", shown.name()))
                .orElse("");
        Node head = Ui.row(
                8,
                Ui.label(title, "card-title"),
                Ui.spacer(),
                search,
                follow,
                Copy.button(text("enclave.console.lines"), model.console()::text),
                save,
                close);
        var pane = Ui.column(8, head, Ui.grow(lines));
        pane.getStyleClass().add("panel");
        return Ui.shownWhen(pane, model.consoleOfProperty().isNotNull());
    }

    private static boolean contains(String line, String typed) {
        return line.toLowerCase(Locale.ROOT).contains(typed.toLowerCase(Locale.ROOT));
    }

    private static Button small(String name, String icon) {
        Button button = new Button(name, Ui.icon(icon));
        button.getStyleClass().add(Styles.SMALL);
        return button;
    }

    private String fileName() {
        ConsoleShown enclave = model.consoleOfProperty().get();
        return (enclave == null ? "enclave" : enclave.name()) + "-console.log";
    }

    private byte[] bytes() {
        return model.console().text().getBytes(StandardCharsets.UTF_8);
    }
}
