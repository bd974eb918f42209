package dev.enclaveconsole.server.transport;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One request with its complete body, and the way to answer it, from any thread, once.
public final class Exchange {
    /// The parts of the request that handlers read.
    public record Head(
            String path,
            Map<String, String> parameters,
            Map<String, List<String>> query,
            String contentType,
            String accept,
            Optional<byte[]> clientSpki) {

        public Optional<String> queryValue(String name) {
            return Optional.ofNullable(query.get(name)).map(List::getFirst);
        }

        /// The value of a `{name}` segment of the route's pattern.
        public String parameter(String name) {
            return parameters.getOrDefault(name, "");
        }
    }

    private final Head head;
    private final ByteBuf body;
    private final long receivedNanos = System.nanoTime();
    private final Consumer<Reply> sink;
    private final Runnable bodyReleased;
    private final AtomicBoolean answered = new AtomicBoolean();
    private volatile boolean abandoned;
    private volatile @Nullable Runnable abandonHook;

    Exchange(Head head, ByteBuf body, Consumer<Reply> sink, Runnable bodyReleased) {
        this.head = head;
        this.body = body;
        this.sink = sink;
        this.bodyReleased = bodyReleased;
    }

    public Head head() {
        return head;
    }

    /// Valid until the exchange is answered.
    public ByteBuf body() {
        return body;
    }

    /// `System.nanoTime()` when the last byte of the request had arrived.
    public long receivedNanos() {
        return receivedNanos;
    }

    /// Answers and gives the body's memory back.
    public void answer(Reply reply) {
        if (answered.compareAndSet(false, true)) {
            body.release();
            bodyReleased.run();
            sink.accept(reply);
        }
    }

    public void fail(Refusal refusal) {
        answer(Reply.failure(head.path(), refusal.error()));
    }

    /// The client has gone: nobody waits for an answer. Work that has not begun need not begin.
    public boolean abandoned() {
        return abandoned;
    }

    /// Runs when the client goes before the answer; at once when it has gone already.
    public void onAbandoned(Runnable hook) {
        abandonHook = hook;
        if (abandoned) {
            hook.run();
        }
    }

    void abandon() {
        abandoned = true;
        Runnable hook = abandonHook;
        if (hook != null) {
            hook.run();
        }
    }
}
