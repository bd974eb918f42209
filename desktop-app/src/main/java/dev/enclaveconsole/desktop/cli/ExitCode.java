package dev.enclaveconsole.desktop.cli;

/// What the terminal returns to the shell.
public final class ExitCode {
    public static final int DONE = 0;
    public static final int FAILED = 1;
    public static final int USAGE = 2;
    /// An attestation was checked and refused.
    public static final int REFUSED = 3;
    /// Ended by Ctrl-C, as shells report it.
    public static final int INTERRUPTED = 130;

    private ExitCode() {}
}
