package dev.enclaveconsole.desktop.overview;

import dev.enclaveconsole.desktop.ui.Action;
import dev.enclaveconsole.desktop.ui.Navigator;
import java.util.List;

/// What the user can do from the Overview; most of it belongs to other pages.
record OverviewActions(
        Action sandbox, Action addHost, Action goHost, Action run, Action goEnclaves, Action verify, Action goPredict) {

    static OverviewActions of(OverviewViewModel model, Navigator navigator, Action addHost, Action run, Action verify) {
        return new OverviewActions(
                Action.of("overview.sandbox", "mdi2f-flask-outline", model::startSandbox),
                addHost,
                Action.of("overview.hosts", "mdi2s-server-network", () -> navigator.show("host")),
                run,
                Action.of("overview.enclaves", "mdi2c-chip", () -> navigator.show("enclave")),
                verify,
                Action.of("overview.predict", "mdi2i-image-search-outline", () -> navigator.show("predict")));
    }

    List<Action> all() {
        return List.of(sandbox);
    }
}
