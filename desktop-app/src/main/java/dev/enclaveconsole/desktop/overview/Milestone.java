package dev.enclaveconsole.desktop.overview;

import dev.enclaveconsole.desktop.ui.Workspace;

/// How far the user is on the way from nothing to a prediction.
enum Milestone {
    HOST("mdi2s-server-network"),
    ENCLAVE("mdi2c-chip"),
    PROOF("mdi2s-shield-check-outline"),
    PREDICT("mdi2i-image-search-outline");

    private final String icon;

    Milestone(String icon) {
        this.icon = icon;
    }

    String icon() {
        return icon;
    }

    /// The first stage that is not reached; PREDICT once everything before it is.
    static Milestone next(Workspace workspace) {
        if (workspace.session().isEmpty()) {
            return HOST;
        }
        if (workspace.enclave().isEmpty()) {
            return ENCLAVE;
        }
        return workspace.attested().isEmpty() ? PROOF : PREDICT;
    }
}
