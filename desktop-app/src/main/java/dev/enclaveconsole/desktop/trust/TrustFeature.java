package dev.enclaveconsole.desktop.trust;

import dev.enclaveconsole.desktop.ui.Feature;

/// Registers the Trust page.
public final class TrustFeature {

    public static Feature of(TrustViewModel model, TrustActions actions) {
        return new Feature(
                "trust",
                "mdi2s-shield-check-outline",
                () -> new TrustView(model, actions).build(),
                actions.all(),
                true);
    }

    private TrustFeature() {}
}
