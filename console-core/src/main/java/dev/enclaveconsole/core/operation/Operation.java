package dev.enclaveconsole.core.operation;

import java.time.Duration;
import java.time.Instant;

/// One running or finished piece of work. All methods are safe for use by any thread.
public interface Operation<T> {
    enum State {
        RUNNING,
        CANCELLING,
        ENDED
    }

    long id();

    String title();

    Instant startedAt();

    /// Until now, or until its end.
    Duration elapsed();

    Progress progress();

    State state();

    /// Asks the work to stop and interrupts nothing by force; does nothing once ended.
    void cancel();

    /// Waits for the end.
    Outcome<T> await() throws InterruptedException;
}
