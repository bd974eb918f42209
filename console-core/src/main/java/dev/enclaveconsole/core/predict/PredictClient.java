package dev.enclaveconsole.core.predict;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.operation.OperationContext;
import dev.enclaveconsole.core.trust.EnclaveClient;
import dev.enclaveconsole.protocol.api.ModelDescription;
import dev.enclaveconsole.protocol.api.PredictAnswer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;

/// Classification by an attested enclave. Safe for use by several threads.
public final class PredictClient {
    private final EnclaveClient enclave;

    public PredictClient(EnclaveClient enclave) {
        this.enclave = enclave;
    }

    public List<ModelDescription> models(OperationContext context) throws ConsoleException {
        return enclave.get("/v1/models", new TypeReference<List<ModelDescription>>() {}, context);
    }

    /// One image, one request.
    ///
    /// @throws ConsoleException `enclave.CODE` as the enclave answers (names the image), `enclave.gone`,
    ///     `enclave.timeout`
    public PredictAnswer predict(ImageSource image, PredictOptions options, OperationContext context)
            throws ConsoleException {
        try {
            return enclave.post(path(options), body(image), PredictAnswer.class, context);
        } catch (ConsoleException e) {
            Problem p = e.problem();
            if (p.what().contains(image.name())) {
                throw e;
            }
            throw new ConsoleException(
                    new Problem(p.kind(), p.code(), image.name() + ": " + p.what(), p.why(), p.remedy(), p.details()),
                    e);
        }
    }

    /// Up to [dev.enclaveconsole.protocol.api.Limits#MAX_BATCH] images in one request, results in the same order; one
    /// bad image is an error in its own result.
    public PredictAnswer predict(List<ImageSource> images, PredictOptions options, OperationContext context)
            throws ConsoleException {
        MultipartBody.Builder parts = new MultipartBody.Builder().setType(MultipartBody.FORM);
        for (ImageSource image : images) {
            parts.addFormDataPart("image", image.name(), body(image));
        }
        return enclave.post(path(options), parts.build(), PredictAnswer.class, context);
    }

    private static RequestBody body(ImageSource image) throws ConsoleException {
        return RequestBody.create(image.bytes(), MediaType.get(image.format().mediaType()));
    }

    private static String path(PredictOptions options) {
        String model = options.model()
                .map(name -> "&model=" + URLEncoder.encode(name, StandardCharsets.UTF_8))
                .orElse("");
        return "/v1/predict?top=" + options.top() + model;
    }
}
