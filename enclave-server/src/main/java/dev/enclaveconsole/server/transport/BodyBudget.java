package dev.enclaveconsole.server.transport;

import java.util.concurrent.atomic.AtomicLong;

/// Memory that request bodies may hold at one time over all connections, so that many uploads together cannot exhaust
/// the enclave. Bytes count from their arrival until their request is answered.
public final class BodyBudget {
    private final long maxBytes;
    private final AtomicLong used = new AtomicLong();

    public BodyBudget(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    boolean reserve(long bytes) {
        if (used.addAndGet(bytes) <= maxBytes) {
            return true;
        }
        used.addAndGet(-bytes);
        return false;
    }

    void release(long bytes) {
        used.addAndGet(-bytes);
    }

    public long usedBytes() {
        return used.get();
    }
}
