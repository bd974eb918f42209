package dev.enclaveconsole.desktop.host;

import dev.enclaveconsole.desktop.ui.Action;
import dev.enclaveconsole.desktop.ui.Workspace;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;

/// What the user can do with the doctor.
public record DoctorActions(Action examine, Action fixAll, Action undo, Action cancel) {

    public static DoctorActions of(DoctorViewModel model, DoctorDialogs dialogs, Workspace workspace) {
        BooleanBinding idle = workspace.connected().and(model.runningProperty().isNull());
        BooleanBinding fixable = Bindings.createBooleanBinding(
                () -> !model.fixes().isEmpty(), model.diagnosisProperty(), model.findings());
        return new DoctorActions(
                Action.of("doctor.examine", "mdi2s-stethoscope", model::examine)
                        .enabledWhen(idle)
                        .shortcut("Shortcut+D"),
                Action.of("doctor.fix-all", "mdi2w-wrench-outline", () -> dialogs.fixAll(model))
                        .enabledWhen(idle.and(fixable)),
                Action.of(
                                "doctor.undo",
                                "mdi2u-undo-variant",
                                () -> model.latestUndo(record -> dialogs.undo(model, record), dialogs::nothingToUndo))
                        .enabledWhen(idle),
                Action.of("doctor.cancel", "mdi2c-close", () -> {
                            if (model.runningProperty().get() != null) {
                                model.runningProperty().get().cancel();
                            }
                        })
                        .enabledWhen(model.runningProperty().isNotNull()));
    }

    List<Action> all() {
        return List.of(examine, fixAll, undo, cancel);
    }
}
