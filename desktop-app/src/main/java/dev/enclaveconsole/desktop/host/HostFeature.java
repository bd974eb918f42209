package dev.enclaveconsole.desktop.host;

import dev.enclaveconsole.desktop.ui.Feature;

/// Registers the Host page.
public final class HostFeature {

    public static Feature of(HostViewModel model, HostActions actions) {
        return new Feature(
                "host", "mdi2s-server-network", () -> new HostView(model, actions).build(), actions.all(), false);
    }

    private HostFeature() {}
}
