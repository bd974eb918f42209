package dev.enclaveconsole.desktop.overview;

import dev.enclaveconsole.desktop.trust.Standing;
import dev.enclaveconsole.desktop.ui.Action;
import dev.enclaveconsole.desktop.ui.Feature;
import dev.enclaveconsole.desktop.ui.Navigator;
import javafx.beans.value.ObservableValue;

/// Registers the Overview.
public final class OverviewFeature {

    /// @param addHost of the Host page
    /// @param run of the Enclaves page
    /// @param verify of the Enclaves page
    public static Feature of(
            OverviewViewModel model,
            ObservableValue<Standing> standing,
            Navigator navigator,
            Action addHost,
            Action run,
            Action verify) {
        OverviewActions actions = OverviewActions.of(model, navigator, addHost, run, verify);
        return new Feature(
                "overview",
                "mdi2v-view-dashboard-outline",
                () -> new OverviewView(model, standing, actions).build(),
                actions.all(),
                false);
    }

    private OverviewFeature() {}
}
