package dev.enclaveconsole.server.predict;

import dev.enclaveconsole.protocol.api.ErrorCode;
import dev.enclaveconsole.protocol.api.ImageResult;
import dev.enclaveconsole.protocol.api.LegacyPredictAnswer;
import dev.enclaveconsole.protocol.api.Limits;
import dev.enclaveconsole.protocol.api.PhaseTimings;
import dev.enclaveconsole.protocol.api.PredictAnswer;
import dev.enclaveconsole.server.predict.model.LoadedModel;
import dev.enclaveconsole.server.predict.model.Models;
import dev.enclaveconsole.server.transport.Exchange;
import dev.enclaveconsole.server.transport.Refusal;
import dev.enclaveconsole.server.transport.Reply;
import dev.enclaveconsole.server.transport.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `POST /v1/predict`, `GET /v1/models`, and `POST /predict/` as the predecessors' clients know it.
public final class PredictRoutes {
    private static final int DEFAULT_TOP = 5;

    private final Models models;
    private final PredictService service;

    public PredictRoutes(Models models, PredictService service) {
        this.models = models;
        this.service = service;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/v1/models", "models", exchange -> exchange.answer(Reply.json(200, models.descriptions()))),
                post("/v1/predict", "predict", this::predict),
                post("/predict/", "legacy-predict", this::legacy),
                post("/predict", "legacy-predict", this::legacy));
    }

    private static Route post(String pattern, String name, Route.Handler handler) {
        return Route.post(pattern, name, Route.Access.OPERATOR, Limits.MAX_BODY_BYTES, handler);
    }

    private void predict(Exchange exchange) throws Refusal {
        LoadedModel model = models.find(exchange.head().queryValue("model"));
        int top = top(exchange.head().queryValue("top"));
        boolean multipart = exchange.head().contentType().regionMatches(true, 0, "multipart/", 0, 10);
        service.submit(
                exchange,
                model,
                multipart ? MultipartBody::images : PredictRoutes::single,
                (items, outcomes, timings) -> answer(model, top, multipart, items, outcomes, timings));
    }

    private static List<Item> single(Exchange exchange) {
        return List.of(new Item.Image(null, exchange.body()));
    }

    private static Reply answer(
            LoadedModel model,
            int top,
            boolean multipart,
            List<Item> items,
            List<Item.Outcome> outcomes,
            PhaseTimings timings)
            throws Refusal {
        if (!multipart && outcomes.getFirst() instanceof Item.Outcome.Failed(var error)) {
            throw new Refusal(error.code(), error.message(), error.remedy());
        }
        List<ImageResult> results = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            String file = items.get(i) instanceof Item.Image image ? image.file() : null;
            results.add(
                    switch (outcomes.get(i)) {
                        case Item.Outcome.Scores(float[] perLabel) ->
                            new ImageResult(file, Scores.top(perLabel, model.labels(), top), null);
                        case Item.Outcome.Failed(var error) -> new ImageResult(file, List.of(), error);
                    });
        }
        var description = model.description();
        return Reply.json(200, new PredictAnswer(description.name(), description.sha256(), results, timings));
    }

    private static int top(Optional<String> text) throws Refusal {
        try {
            int top = text.map(Integer::parseInt).orElse(DEFAULT_TOP);
            if (top >= 1 && top <= Limits.MAX_TOP_K) {
                return top;
            }
        } catch (NumberFormatException e) {
            throw badTop();
        }
        throw badTop();
    }

    private static Refusal badTop() {
        return new Refusal(
                ErrorCode.BAD_REQUEST,
                "top is no number from 1 to %d.".formatted(Limits.MAX_TOP_K),
                "Leave it out for the best %d labels.".formatted(DEFAULT_TOP));
    }

    private void legacy(Exchange exchange) throws Refusal {
        service.submit(exchange, models.defaultModel(), LegacyBody::images, (_, outcomes, _) -> {
            List<Integer> classIds = new ArrayList<>(outcomes.size());
            for (Item.Outcome outcome : outcomes) {
                switch (outcome) {
                    case Item.Outcome.Scores(float[] perLabel) -> classIds.add(best(perLabel));
                    case Item.Outcome.Failed(var error) ->
                        throw new Refusal(error.code(), error.message(), error.remedy());
                }
            }
            return Reply.json(200, new LegacyPredictAnswer(classIds));
        });
    }

    private static int best(float[] perLabel) {
        int best = 0;
        for (int i = 1; i < perLabel.length; i++) {
            if (perLabel[i] > perLabel[best]) {
                best = i;
            }
        }
        return best;
    }
}
