package dev.enclaveconsole.core.host;

/// How the connection of a [HostSession] is.
public enum LinkState {
    CONNECTED,
    /// It broke and is being made anew; commands and transfers wait.
    RECONNECTING,
    /// Ended by the user, or broken for longer than it is tried again. Final.
    CLOSED
}
