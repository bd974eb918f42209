package dev.enclaveconsole.core.trust;

import java.util.Map;

/// PCRs that an image must have to be trusted.
///
/// @param name of the image, e.g. `demo`
/// @param pcrs index to lower-case hex
/// @param source who says so
public record PinSet(String name, Map<Integer, String> pcrs, Source source) {
    public enum Source {
        /// Shipped with the console beside the image.
        BUNDLED,
        /// Pinned by the user.
        USER
    }

    public PinSet {
        pcrs = Map.copyOf(pcrs);
    }
}
