package dev.enclaveconsole.core.settings;

import java.util.Optional;

/// What the user prefers. A value; [PreferencesStore] keeps it.
///
/// @param lastHost name of the host that was used last
public record Preferences(Theme theme, Optional<String> lastHost) {
    public enum Theme {
        SYSTEM,
        LIGHT,
        DARK
    }

    public static final Preferences DEFAULT = new Preferences(Theme.SYSTEM, Optional.empty());

    public Preferences withTheme(Theme value) {
        return new Preferences(value, lastHost);
    }

    public Preferences withLastHost(Optional<String> value) {
        return new Preferences(theme, value);
    }
}
