package dev.enclaveconsole.sandbox.nitrocli;

/// Arguments that the argument parser refuses before the command runs; exit code 2.
final class UsageException extends Exception {

    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }
}
