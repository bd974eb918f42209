package dev.enclaveconsole.core.operation;

/// How far an operation is. `total` is 0 while unknown.
public record Progress(String message, long done, long total, Unit unit) {
    public enum Unit {
        BYTES,
        FILES,
        STEPS
    }

    public static Progress message(String message) {
        return new Progress(message, 0, 0, Unit.STEPS);
    }
}
