package dev.enclaveconsole.core.trust;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.operation.OperationContext;

/// HTTPS to one attested enclave. Every connection must present the key that the verdict names, or is refused. Only
/// [AttestedSession] makes one.
@SuppressWarnings("DoNotCallSuggester")
public final class EnclaveClient implements AutoCloseable {
    EnclaveClient() {}

    /// Reads JSON.
    ///
    /// @param path e.g. `/v1/models`
    public <T> T get(String path, Class<T> type, OperationContext context) throws ConsoleException {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
