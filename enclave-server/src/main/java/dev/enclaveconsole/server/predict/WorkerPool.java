package dev.enclaveconsole.server.predict;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;

/// A fixed number of platform threads, one per CPU, taking requests from a bounded queue. Workers without a request of
/// their own help those that have several images.
public final class WorkerPool implements AutoCloseable {

    /// Work for a worker, whose number picks its own inference lane.
    @FunctionalInterface
    public interface Task {
        void run(int worker);
    }

    private final int capacity;
    private final BiConsumer<String, Throwable> faults;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Deque<Task> requests = new ArrayDeque<>();
    private final Deque<Task> helps = new ArrayDeque<>();
    private final List<Thread> threads = new ArrayList<>();
    private int busy;
    private boolean closed;

    /// @param capacity requests that may wait
    /// @param faults told of exceptions that a task let through
    public WorkerPool(int workers, int capacity, BiConsumer<String, Throwable> faults) {
        this.capacity = capacity;
        this.faults = faults;
        for (int i = 0; i < workers; i++) {
            int worker = i;
            threads.add(Thread.ofPlatform().daemon().name("predict-" + i).start(() -> work(worker)));
        }
    }

    public int workers() {
        return threads.size();
    }

    /// @return false when the queue is full
    boolean offer(Task request) {
        lock.lock();
        try {
            if (closed || requests.size() >= capacity) {
                return false;
            }
            requests.addLast(request);
            filled.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Lets other workers take part, before they begin a new request; `help` must be harmless when it comes too late.
    void offerHelp(Task help, int times) {
        lock.lock();
        try {
            for (int i = 0; i < times; i++) {
                helps.addLast(help);
                filled.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Takes back what offered help has not begun.
    void withdrawHelp(Task help) {
        lock.lock();
        try {
            helps.removeIf(help::equals);
        } finally {
            lock.unlock();
        }
    }

    /// @return whether the request was still waiting
    boolean withdraw(Task request) {
        lock.lock();
        try {
            return requests.remove(request);
        } finally {
            lock.unlock();
        }
    }

    /// Requests that wait now.
    public int waiting() {
        lock.lock();
        try {
            return requests.size();
        } finally {
            lock.unlock();
        }
    }

    /// Workers that are at work now.
    public int busy() {
        lock.lock();
        try {
            return busy;
        } finally {
            lock.unlock();
        }
    }

    private void work(int worker) {
        while (true) {
            Task task;
            try {
                task = next();
            } catch (InterruptedException e) {
                return;
            }
            try {
                task.run(worker);
            } catch (RuntimeException | Error e) {
                faults.accept("predict", e);
            } finally {
                done();
            }
        }
    }

    private void done() {
        lock.lock();
        try {
            busy--;
        } finally {
            lock.unlock();
        }
    }

    private Task next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (helps.isEmpty() && requests.isEmpty()) {
                filled.await();
            }
            busy++;
            return helps.isEmpty() ? requests.removeFirst() : helps.removeFirst();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            try {
                thread.join(5_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
