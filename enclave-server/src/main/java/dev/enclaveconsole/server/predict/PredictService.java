package dev.enclaveconsole.server.predict;

import dev.enclaveconsole.protocol.api.ErrorCode;
import dev.enclaveconsole.protocol.api.PhaseTimings;
import dev.enclaveconsole.server.metrics.ServerMetrics;
import dev.enclaveconsole.server.predict.model.LoadedModel;
import dev.enclaveconsole.server.transport.Exchange;
import dev.enclaveconsole.server.transport.Refusal;
import dev.enclaveconsole.server.transport.Reply;
import java.util.List;

/// Takes requests off the event loop into the bounded queue and has them predicted.
public final class PredictService {
    private final WorkerPool pool;
    private final ServerMetrics metrics;

    public PredictService(WorkerPool pool, ServerMetrics metrics) {
        this.pool = pool;
        this.metrics = metrics;
    }

    /// Reads a body into items, on a worker.
    @FunctionalInterface
    public interface BodyReader {
        List<Item> read(Exchange exchange) throws Refusal;
    }

    /// Writes the answer, on a worker. `outcomes` are in the order of `items`.
    @FunctionalInterface
    public interface AnswerWriter {
        Reply write(List<Item> items, List<Item.Outcome> outcomes, PhaseTimings timings) throws Refusal;
    }

    /// @throws Refusal QUEUE_FULL, at once
    public void submit(Exchange exchange, LoadedModel model, BodyReader reader, AnswerWriter writer) throws Refusal {
        var request = new PredictRequest(exchange, model, reader, writer, pool, metrics);
        if (!pool.offer(request)) {
            throw new Refusal(
                    ErrorCode.QUEUE_FULL,
                    "The enclave is busy: its queue of requests is full.",
                    "Send the request again in a second, or fewer at a time.");
        }
        exchange.onAbandoned(() -> {
            if (pool.withdraw(request)) {
                exchange.answer(Reply.json(499, List.of()));
            }
        });
    }
}
