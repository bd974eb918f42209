package dev.enclaveconsole.desktop.host;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import dev.enclaveconsole.desktop.ui.Action;
import dev.enclaveconsole.desktop.ui.Copy;
import dev.enclaveconsole.desktop.ui.ParentHost;
import dev.enclaveconsole.desktop.ui.Workspace;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;

/// What the user can do with hosts.
public record HostActions(
        Action add,
        Action importConfig,
        Action connect,
        Action disconnect,
        Action test,
        Action edit,
        Action remove,
        Action copyScript,
        Action saveScript,
        Action dismissAlarm) {

    public static HostActions of(HostViewModel model, HostDialogs dialogs, Workspace workspace) {
        BooleanBinding selected = model.selectedProperty().isNotNull();
        BooleanBinding calm = model.keyAlarmProperty().isNull();
        BooleanBinding stored = Bindings.createBooleanBinding(
                () -> Optional.ofNullable(model.selectedProperty().get())
                        .filter(h -> !h.temporary())
                        .isPresent(),
                model.selectedProperty());
        return new HostActions(
                Action.of(
                                "host.add",
                                "mdi2p-plus",
                                () -> dialogs.edit(
                                        text("host.form.add"), new HostDraft(), draft -> model.add(draft.toEntry())))
                        .shortcut("Shortcut+N"),
                Action.of("host.import", "mdi2i-import", model::importSshConfig),
                on(model, "host.connect", "mdi2l-lan-connect", model::connect)
                        .enabledWhen(selected.and(calm)
                                .and(model.selectedIsConnected().not()))
                        .shortcut("Shortcut+Shift+C"),
                Action.of("host.disconnect", "mdi2l-lan-disconnect", model::disconnect)
                        .enabledWhen(workspace.connected()),
                on(model, "host.test", "mdi2l-lan-check", model::test).enabledWhen(selected.and(calm)),
                on(
                                model,
                                "host.edit",
                                "mdi2p-pencil-outline",
                                host -> dialogs.edit(
                                        text("host.form.edit", host.name()),
                                        HostDraft.of(host.entry()),
                                        draft -> model.update(host.entry(), draft.toEntry())))
                        .enabledWhen(stored),
                on(
                                model,
                                "host.remove",
                                "mdi2d-delete-outline",
                                host -> dialogs.confirmRemove(host, () -> model.remove(host)))
                        .enabledWhen(stored),
                Action.of("host.copy-script", "mdi2c-content-copy", () -> Copy.toClipboard(model.script()))
                        .enabledWhen(Bindings.isNotEmpty(model.commands())),
                Action.of("host.save-script", "mdi2c-content-save-outline", () -> dialogs.saveScript(model::saveScript))
                        .enabledWhen(Bindings.isNotEmpty(model.commands())),
                Action.of(
                                "host.dismiss-alarm",
                                "mdi2c-check",
                                () -> model.keyAlarmProperty().set(null))
                        .enabledWhen(model.keyAlarmProperty().isNotNull()));
    }

    private static Action on(HostViewModel model, String id, String icon, Consumer<ParentHost> body) {
        return Action.of(
                id,
                icon,
                () -> Optional.ofNullable(model.selectedProperty().get()).ifPresent(body));
    }

    List<Action> all() {
        return List.of(
                add, importConfig, connect, disconnect, test, edit, remove, copyScript, saveScript, dismissAlarm);
    }
}
