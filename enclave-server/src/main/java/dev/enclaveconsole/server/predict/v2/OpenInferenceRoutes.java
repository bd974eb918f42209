package dev.enclaveconsole.server.predict.v2;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.enclaveconsole.protocol.api.Limits;
import dev.enclaveconsole.server.predict.Item;
import dev.enclaveconsole.server.predict.PredictService;
import dev.enclaveconsole.server.predict.model.LoadedModel;
import dev.enclaveconsole.server.predict.model.Models;
import dev.enclaveconsole.server.transport.Exchange;
import dev.enclaveconsole.server.transport.Refusal;
import dev.enclaveconsole.server.transport.Reply;
import dev.enclaveconsole.server.transport.Route;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The REST side of the Open Inference Protocol V2 (kserve/open-inference-protocol, `inference_rest.md`): health,
/// metadata and inference, models unversioned.
///
/// A model's one input takes its FP32 tensor, already normalised, or, instead, a BYTES tensor of shape `[N]` with N
/// encoded images as base64 strings. Its output are the probabilities, FP32 `[N, labels]`.
public final class OpenInferenceRoutes {
    private final Models models;
    private final PredictService service;
    private final String serverVersion;

    public OpenInferenceRoutes(Models models, PredictService service, String serverVersion) {
        this.models = models;
        this.service = service;
        this.serverVersion = serverVersion;
    }

    record ServerMetadata(String name, String version, List<String> extensions) {}

    record TensorMetadata(String name, String datatype, List<Long> shape) {}

    record ModelMetadata(String name, String platform, List<TensorMetadata> inputs, List<TensorMetadata> outputs) {}

    record ModelReady(String name, boolean ready) {}

    record OutputTensor(String name, String datatype, List<Long> shape, float[] data) {}

    record InferenceAnswer(
            @JsonProperty("model_name") String modelName,
            @Nullable String id,
            List<OutputTensor> outputs) {}

    public List<Route> routes() {
        return List.of(
                Route.get("/v2", "v2-server", this::server),
                Route.get("/v2/health/live", "v2-health", OpenInferenceRoutes::live),
                Route.get("/v2/health/ready", "v2-health", OpenInferenceRoutes::live),
                Route.get("/v2/models/{model}", "v2-model", this::metadata),
                Route.get("/v2/models/{model}/ready", "v2-health", this::ready),
                Route.post(
                        "/v2/models/{model}/infer",
                        "v2-infer",
                        Route.Access.OPERATOR,
                        Limits.MAX_BODY_BYTES,
                        this::infer));
    }

    private void server(Exchange exchange) {
        exchange.answer(Reply.json(200, new ServerMetadata("enclave-server", serverVersion, List.of())));
    }

    private static void live(Exchange exchange) {
        exchange.answer(Reply.json(200, Map.of("live", true)));
    }

    private void ready(Exchange exchange) throws Refusal {
        LoadedModel model = named(exchange);
        exchange.answer(Reply.json(200, new ModelReady(model.description().name(), true)));
    }

    private void metadata(Exchange exchange) throws Refusal {
        LoadedModel model = named(exchange);
        var description = model.description();
        var input = new TensorMetadata(description.input().name(), "FP32", InferenceItems.shape(description.input()));
        var output = new TensorMetadata(description.output().name(), "FP32", List.of(-1L, (long)
                model.labels().size()));
        exchange.answer(Reply.json(
                200, new ModelMetadata(description.name(), "onnxruntime_onnx", List.of(input), List.of(output))));
    }

    private LoadedModel named(Exchange exchange) throws Refusal {
        return models.find(Optional.of(exchange.head().parameter("model")));
    }

    private void infer(Exchange exchange) throws Refusal {
        LoadedModel model = named(exchange);
        var id = new AtomicReference<@Nullable String>();
        service.submit(
                exchange,
                model,
                request -> {
                    InferenceBody body = InferenceBody.read(request.body());
                    id.set(body.id());
                    return InferenceItems.of(body, model);
                },
                (_, outcomes, _) -> Reply.json(200, answer(model, id.get(), outcomes)));
    }

    private static InferenceAnswer answer(LoadedModel model, @Nullable String id, List<Item.Outcome> outcomes)
            throws Refusal {
        int labels = model.labels().size();
        float[] data = new float[outcomes.size() * labels];
        for (int i = 0; i < outcomes.size(); i++) {
            switch (outcomes.get(i)) {
                case Item.Outcome.Scores(float[] perLabel) -> System.arraycopy(perLabel, 0, data, i * labels, labels);
                case Item.Outcome.Failed(var error) -> throw new Refusal(error.code(), error.message(), error.remedy());
            }
        }
        var tensor = new OutputTensor(
                model.description().output().name(), "FP32", List.of((long) outcomes.size(), (long) labels), data);
        return new InferenceAnswer(model.description().name(), id, List.of(tensor));
    }
}
