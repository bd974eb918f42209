package dev.enclaveconsole.desktop.ui;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import java.util.List;
import java.util.function.Supplier;
import javafx.scene.Node;

/// A page of the window. Its words are `feature.ID.name` and `feature.ID.subtitle` of the bundle.
///
/// @param view builds the page; called once, when the page is first shown
/// @param actions in the order of palette and cheat sheet
/// @param showsVerdict the page's content depends on the enclave's proof, so the banner stands above it
public record Feature(String id, String icon, Supplier<Node> view, List<Action> actions, boolean showsVerdict) {

    public String name() {
        return text("feature." + id + ".name");
    }

    public String subtitle() {
        return text("feature." + id + ".subtitle");
    }
}
