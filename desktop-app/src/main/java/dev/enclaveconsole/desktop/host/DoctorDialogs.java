package dev.enclaveconsole.desktop.host;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import dev.enclaveconsole.core.host.doctor.Fix;
import dev.enclaveconsole.core.host.doctor.UndoRecord;
import dev.enclaveconsole.desktop.ui.Dialogs;
import dev.enclaveconsole.desktop.ui.Ui;
import java.util.List;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.control.TextArea;

/// Show the commands before they run.
public final class DoctorDialogs {
    private static final int MOST_ROWS = 14;

    private final Dialogs dialogs;

    public DoctorDialogs(Dialogs dialogs) {
        this.dialogs = dialogs;
    }

    void fix(DoctorViewModel model, Fix fix) {
        Node body = Ui.column(
                8,
                Ui.paragraph(text("doctor.fix.shown"), "muted"),
                script("fix-commands", text("doctor.fix.commands"), fix.script()),
                Ui.paragraph(text("doctor.fix.undo"), "muted"),
                script("fix-undo", text("doctor.fix.undo"), fix.undoScript()));
        dialogs.confirm(fix.title(), body, text("doctor.fix.confirm"), false, () -> model.fix(List.of(fix.id())));
    }

    void fixAll(DoctorViewModel model) {
        String commands = model.fixes().stream()
                .map(fix -> "### " + fix.title() + "\n" + fix.script())
                .collect(Collectors.joining("\n"));
        Node body = Ui.column(
                8,
                Ui.paragraph(text("doctor.fix-all.shown"), "muted"),
                script("fix-commands", text("doctor.fix.commands"), commands));
        dialogs.confirm(
                text("doctor.fix-all.title", model.fixes().size()),
                body,
                text("doctor.fix-all.confirm"),
                false,
                () -> model.fix(List.of()));
    }

    void undo(DoctorViewModel model, UndoRecord record) {
        Node body = Ui.column(
                8,
                Ui.paragraph(text("doctor.undo.shown"), "muted"),
                script("fix-commands", text("doctor.fix.commands"), record.script()));
        dialogs.confirm(
                text("doctor.undo.title", record.id()),
                body,
                text("doctor.undo.confirm"),
                true,
                () -> model.undo(record));
    }

    void nothingToUndo() {
        dialogs.tell(text("doctor.undo.none.title"), Ui.paragraph(text("doctor.undo.none")));
    }

    private static Node script(String id, String accessible, String commands) {
        TextArea area = new TextArea(commands.stripTrailing());
        area.setId(id);
        area.setEditable(false);
        area.setAccessibleText(accessible);
        area.getStyleClass().add("mono");
        area.setWrapText(true);
        int rows = (int) commands.lines().mapToLong(l -> 1 + l.length() / 68).sum();
        area.setPrefRowCount(Math.min(MOST_ROWS, Math.max(2, rows)));
        return area;
    }
}
