package dev.enclaveconsole.server;

/// The server cannot start; the message is one line that names the thing and the remedy.
public final class StartupFailure extends Exception {
    public StartupFailure(String message) {
        super(message, null, false, false);
    }
}
