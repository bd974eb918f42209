package dev.enclaveconsole.desktop.enclave;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import atlantafx.base.theme.Styles;
import dev.enclaveconsole.core.enclave.EnclaveEnd;
import dev.enclaveconsole.core.enclave.SavedEnclave;
import dev.enclaveconsole.desktop.ui.Dialogs;
import dev.enclaveconsole.desktop.ui.Ui;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/// The dialog of enclaves that this computer remembers: when and why each ended, and its console.
final class SavedConsoles {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofLocalizedDateTime(
                    FormatStyle.SHORT, FormatStyle.MEDIUM)
            .withZone(ZoneId.systemDefault());

    private final Dialogs dialogs;
    private final Consumer<SavedEnclave> onOpen;

    SavedConsoles(Dialogs dialogs, Consumer<SavedEnclave> onOpen) {
        this.dialogs = dialogs;
        this.onOpen = onOpen;
    }

    void show(List<SavedEnclave> saved) {
        VBox rows = Ui.column(6);
        rows.setId("saved-enclaves");
        saved.forEach(enclave -> rows.getChildren().add(row(enclave)));
        if (saved.isEmpty()) {
            rows.getChildren().add(Ui.paragraph(text("enclave.saved.none"), "muted"));
        }
        dialogs.tell(text("enclave.saved.title"), rows);
    }

    private Node row(SavedEnclave enclave) {
        Label name = Ui.label(enclave.name(), "strong");
        Label when = Ui.label(time(enclave), "muted", "small");
        Label reason = Ui.paragraph(reason(enclave), vanished(enclave) ? "warning-text" : "muted", "small");
        var words = Ui.column(1, Ui.row(8, name, when), reason);
        if (!enclave.debug()) {
            return Ui.row(8, Ui.grow(words));
        }
        Button open = new Button(text("enclave.saved.open"), Ui.icon("mdi2c-console"));
        open.getStyleClass().add(Styles.SMALL);
        open.setAccessibleText(text("enclave.saved.open.name", enclave.name()));
        open.setMinWidth(javafx.scene.layout.Region.USE_PREF_SIZE);
        open.setOnAction(_ -> {
            dialogs.close();
            onOpen.accept(enclave);
        });
        return Ui.row(8, Ui.grow(words), open);
    }

    private static boolean vanished(SavedEnclave enclave) {
        return enclave.end()
                .filter(end -> end.kind() == EnclaveEnd.Kind.VANISHED)
                .isPresent();
    }

    private static String time(SavedEnclave enclave) {
        Instant end = enclave.end().map(EnclaveEnd::at).orElse(Instant.EPOCH);
        return enclave.end().isEmpty()
                ? text("enclave.saved.since", TIME.format(enclave.firstSeen()))
                : text("enclave.saved.span", TIME.format(enclave.firstSeen()), TIME.format(end));
    }

    private static String reason(SavedEnclave enclave) {
        return enclave.end()
                .map(end -> end.kind() == EnclaveEnd.Kind.TERMINATED ? text("enclave.saved.terminated") : end.reason())
                .orElseGet(() -> text("enclave.saved.running"));
    }
}
