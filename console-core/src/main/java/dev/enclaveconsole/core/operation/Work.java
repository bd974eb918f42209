package dev.enclaveconsole.core.operation;

import dev.enclaveconsole.core.failure.ConsoleException;

/// What an operation does; it blocks until done.
@FunctionalInterface
public interface Work<T> {
    T run(OperationContext context) throws ConsoleException;
}
