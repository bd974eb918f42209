package dev.enclaveconsole.desktop.host;

import dev.enclaveconsole.desktop.ui.Action;
import dev.enclaveconsole.desktop.ui.Feature;
import java.util.ArrayList;
import java.util.List;

/// Registers the Host page.
public final class HostFeature {

    public static Feature of(
            HostViewModel model,
            HostActions actions,
            DoctorViewModel doctor,
            DoctorActions doctorActions,
            DoctorDialogs doctorDialogs) {
        List<Action> all = new ArrayList<>(actions.all());
        all.addAll(doctorActions.all());
        return new Feature(
                "host",
                "mdi2s-server-network",
                () -> new HostView(model, actions, new DoctorView(doctor, doctorActions, doctorDialogs).build())
                        .build(),
                all,
                false);
    }

    private HostFeature() {}
}
