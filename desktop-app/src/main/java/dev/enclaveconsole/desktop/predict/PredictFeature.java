package dev.enclaveconsole.desktop.predict;

import dev.enclaveconsole.desktop.ui.Feature;

/// Registers the Predict page.
public final class PredictFeature {

    public static Feature of(PredictViewModel model, PredictActions actions) {
        return new Feature(
                "predict",
                "mdi2i-image-search-outline",
                () -> new PredictView(model, actions).build(),
                actions.all(),
                true);
    }

    private PredictFeature() {}
}
