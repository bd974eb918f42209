package dev.enclaveconsole.core.host;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.operation.OperationContext;
import java.util.List;
import java.util.function.Consumer;

/// Runs commands on a parent host. Arguments are quoted for a POSIX shell; nothing is ever pasted into a command.
public interface RemoteShell {
    /// Runs a command to its end. A non-zero exit code is a result, not an exception.
    CommandResult run(List<String> command, OperationContext context) throws ConsoleException;

    /// Runs a command and hands each line of its standard output to `onLine` as it comes; returns when it ends or the
    /// operation is cancelled.
    CommandResult stream(List<String> command, Consumer<String> onLine, OperationContext context)
            throws ConsoleException;
}
