package dev.enclaveconsole.core.predict;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.operation.OperationContext;
import dev.enclaveconsole.core.trust.EnclaveClient;
import dev.enclaveconsole.protocol.api.ModelDescription;
import dev.enclaveconsole.protocol.api.PredictAnswer;
import java.util.List;

/// Classification by an attested enclave.
@SuppressWarnings("DoNotCallSuggester")
public final class PredictClient {
    private final EnclaveClient enclave;

    public PredictClient(EnclaveClient enclave) {
        this.enclave = enclave;
    }

    public List<ModelDescription> models(OperationContext context) throws ConsoleException {
        throw new UnsupportedOperationException("" + enclave.hashCode());
    }

    /// One image, one request.
    ///
    /// @throws ConsoleException `enclave.CODE` as the enclave answers (names the image), `enclave.gone`,
    ///     `enclave.timeout`
    public PredictAnswer predict(ImageSource image, PredictOptions options, OperationContext context)
            throws ConsoleException {
        throw new UnsupportedOperationException();
    }

    /// Up to [dev.enclaveconsole.protocol.api.Limits#MAX_BATCH] images in one request, results in the same order;
    /// one bad image is an error in its own result.
    public PredictAnswer predict(List<ImageSource> images, PredictOptions options, OperationContext context)
            throws ConsoleException {
        throw new UnsupportedOperationException();
    }
}
