package dev.enclaveconsole.desktop.enclave;

import dev.enclaveconsole.desktop.ui.Feature;
import dev.enclaveconsole.desktop.ui.SaveFile;
import dev.enclaveconsole.desktop.ui.Workspace;

/// Registers the Enclaves page.
public final class EnclaveFeature {

    public static Feature of(EnclaveViewModel model, EnclaveActions actions, Workspace workspace, SaveFile saveFile) {
        return new Feature(
                "enclave",
                "mdi2c-chip",
                () -> new EnclaveView(model, actions, workspace, saveFile).build(),
                actions.all(),
                false);
    }

    private EnclaveFeature() {}
}
