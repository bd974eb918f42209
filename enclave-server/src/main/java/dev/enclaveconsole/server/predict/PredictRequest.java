package dev.enclaveconsole.server.predict;

import ai.djl.translate.TranslateException;
import dev.enclaveconsole.protocol.api.ApiError;
import dev.enclaveconsole.protocol.api.ErrorCode;
import dev.enclaveconsole.protocol.api.Limits;
import dev.enclaveconsole.protocol.api.PhaseTimings;
import dev.enclaveconsole.server.metrics.ServerMetrics;
import dev.enclaveconsole.server.predict.image.Preprocessor;
import dev.enclaveconsole.server.predict.model.LoadedModel;
import dev.enclaveconsole.server.transport.Exchange;
import dev.enclaveconsole.server.transport.Refusal;
import dev.enclaveconsole.server.transport.Reply;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// One request's way through the workers: the worker that takes it reads the body and predicts image after image, and
/// idle workers take images of it too. Phase times are sums over the images.
final class PredictRequest implements WorkerPool.Task {
    private static final ApiError OUT_OF_MEMORY = new ApiError(
            ErrorCode.QUEUE_FULL,
            "The enclave has not enough memory for this image now.",
            "Send it again alone, or scale it down.");
    private static final ApiError INTERNAL = new ApiError(
            ErrorCode.INTERNAL,
            "The model failed on this image.",
            "Look at the enclave's console; other images are served as usual.");

    private final Exchange exchange;
    private final LoadedModel model;
    private final PredictService.BodyReader reader;
    private final PredictService.AnswerWriter writer;
    private final WorkerPool pool;
    private final ServerMetrics metrics;
    private final LongAdder decodeNanos = new LongAdder();
    private final LongAdder preprocessNanos = new LongAdder();
    private final LongAdder inferNanos = new LongAdder();

    PredictRequest(
            Exchange exchange,
            LoadedModel model,
            PredictService.BodyReader reader,
            PredictService.AnswerWriter writer,
            WorkerPool pool,
            ServerMetrics metrics) {
        this.exchange = exchange;
        this.model = model;
        this.reader = reader;
        this.writer = writer;
        this.pool = pool;
        this.metrics = metrics;
    }

    @Override
    public void run(int worker) {
        long queueNanos = System.nanoTime() - exchange.receivedNanos();
        try {
            List<Item> items = reader.read(exchange);
            List<Item.Outcome> outcomes = predict(items, worker);
            PhaseTimings timings = timings(queueNanos);
            Reply reply = writer.write(items, outcomes, timings);
            metrics.predicted(outcomes.stream().map(Item.Outcome::failure).toList(), timings);
            exchange.answer(reply);
        } catch (Refusal refusal) {
            exchange.fail(refusal);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exchange.answer(Reply.failure(exchange.head().path(), INTERNAL));
        } catch (OutOfMemoryError e) {
            exchange.answer(Reply.failure(exchange.head().path(), OUT_OF_MEMORY));
        } catch (RuntimeException e) {
            metrics.fault(model.description().name(), e);
            exchange.answer(Reply.failure(exchange.head().path(), INTERNAL));
        }
    }

    private PhaseTimings timings(long queueNanos) {
        return new PhaseTimings(
                micros(queueNanos),
                micros(decodeNanos.sum()),
                micros(preprocessNanos.sum()),
                micros(inferNanos.sum()),
                micros(System.nanoTime() - exchange.receivedNanos()));
    }

    private static long micros(long nanos) {
        return TimeUnit.NANOSECONDS.toMicros(nanos);
    }

    private List<Item.Outcome> predict(List<Item> items, int worker) throws InterruptedException {
        var outcomes = new Item.Outcome[items.size()];
        Arrays.fill(outcomes, new Item.Outcome.Failed(INTERNAL));
        var next = new AtomicInteger();
        var left = new CountDownLatch(items.size());
        WorkerPool.Task share = lane -> {
            for (int i = next.getAndIncrement(); i < items.size(); i = next.getAndIncrement()) {
                try {
                    if (!exchange.abandoned()) {
                        outcomes[i] = predict(items.get(i), lane);
                    }
                } finally {
                    left.countDown();
                }
            }
        };
        int helpers = Math.min(items.size(), pool.workers()) - 1;
        if (helpers > 0) {
            pool.offerHelp(share, helpers);
        }
        share.run(worker);
        pool.withdrawHelp(share);
        left.await();
        return List.of(outcomes);
    }

    private Item.Outcome predict(Item item, int worker) {
        try {
            switch (item) {
                case Item.Image image -> load(image.bytes(), worker);
                case Item.Tensor(float[] values) -> model.input(worker).clear().put(values);
            }
            long begun = System.nanoTime();
            float[] raw = model.infer(worker);
            inferNanos.add(System.nanoTime() - begun);
            return new Item.Outcome.Scores(
                    Scores.activate(model.description().output().activation(), raw));
        } catch (Refusal refusal) {
            return new Item.Outcome.Failed(refusal.error());
        } catch (OutOfMemoryError e) {
            return new Item.Outcome.Failed(OUT_OF_MEMORY);
        } catch (TranslateException | RuntimeException e) {
            metrics.fault(model.description().name(), e);
            return new Item.Outcome.Failed(INTERNAL);
        }
    }

    private void load(ByteBuf bytes, int worker) throws Refusal {
        if (bytes.readableBytes() > Limits.MAX_IMAGE_BYTES) {
            throw new Refusal(
                    ErrorCode.BODY_TOO_LARGE,
                    "The image has %,d bytes; %,d are allowed."
                            .formatted(bytes.readableBytes(), Limits.MAX_IMAGE_BYTES),
                    "Scale it down before you send it.");
        }
        Preprocessor.Spent spent = model.preprocessor().load(ByteBufUtil.getBytes(bytes), model.input(worker));
        decodeNanos.add(spent.decodeNanos());
        preprocessNanos.add(spent.preprocessNanos());
    }
}
