package dev.enclaveconsole.core.operation;

/// What running work sees of its operation. Work blocks; it calls [#checkCancelled] between steps, and resources that
/// block for long are registered with [#onCancel] to be closed.
public interface OperationContext {
    void report(Progress progress);

    default void report(String message) {
        report(Progress.message(message));
    }

    /// @throws OperationCancelledException if the user pressed Cancel
    void checkCancelled() throws OperationCancelledException;

    /// Runs `action` when the operation is cancelled (at once if it already is). Closing the result forgets it.
    Registration onCancel(Runnable action);

    interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    /// Reports nothing and is never cancelled.
    static OperationContext none() {
        return new OperationContext() {
            @Override
            public void report(Progress progress) {}

            @Override
            public void checkCancelled() {}

            @Override
            public Registration onCancel(Runnable action) {
                return () -> {};
            }
        };
    }
}
