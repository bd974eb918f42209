package dev.enclaveconsole.core.operation;

import dev.enclaveconsole.core.failure.Problem;

/// How an operation ended.
public sealed interface Outcome<T> {
    record Done<T>(T value) implements Outcome<T> {}

    /// In the user's world.
    record Failed<T>(Problem problem) implements Outcome<T> {}

    record Cancelled<T>() implements Outcome<T> {}

    /// A bug of ours.
    record Crashed<T>(Throwable cause) implements Outcome<T> {}
}
