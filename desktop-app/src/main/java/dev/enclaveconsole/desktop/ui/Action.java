package dev.enclaveconsole.desktop.ui;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.input.KeyCombination;
import org.jspecify.annotations.Nullable;

/// One thing the user can do. Buttons, tooltips, the palette and the cheat sheet all come from it. Its words are
/// `action.ID.name` and `action.ID.description` of the bundle.
public record Action(
        String id, String icon, @Nullable KeyCombination shortcut, ObservableBooleanValue enabled, Runnable body) {

    public static Action of(String id, String icon, Runnable body) {
        return new Action(id, icon, null, Bindings.createBooleanBinding(() -> true), body);
    }

    /// @param combination as [KeyCombination#valueOf] reads it, e.g. `Shortcut+K`
    public Action shortcut(String combination) {
        return new Action(id, icon, KeyCombination.valueOf(combination), enabled, body);
    }

    public Action enabledWhen(ObservableBooleanValue condition) {
        return new Action(id, icon, shortcut, condition, body);
    }

    public String name() {
        return text("action." + id + ".name");
    }

    public String description() {
        return text("action." + id + ".description");
    }

    /// What a screen reader says.
    public String accessibleText() {
        return name() + ". " + description();
    }

    public String shortcutText() {
        return shortcut == null ? "" : shortcut.getDisplayText();
    }

    /// Runs the action if it is enabled now.
    public void run() {
        if (enabled.get()) {
            body.run();
        }
    }
}
