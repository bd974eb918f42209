package dev.enclaveconsole.core.trust;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.operation.OperationContext;
import dev.enclaveconsole.protocol.api.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/// HTTPS to one attested enclave. Every connection must present the key that the verdict names, or is refused. Only
/// [AttestedSession] makes one. Safe for use by several threads.
public final class EnclaveClient implements AutoCloseable {
    /// For one request with its answer.
    public static final Duration TIME_LIMIT = Duration.ofSeconds(60);

    private static final String BASE = "https://enclave";
    private static final long LARGEST_ANSWER = 64L << 20;

    private final OkHttpClient http;
    private final EnclaveFailures failures;

    EnclaveClient(OkHttpClient http, EnclaveFailures failures) {
        this.http = http;
        this.failures = failures;
    }

    /// Reads JSON.
    ///
    /// @param path e.g. `/health`
    /// @throws ConsoleException `enclave.CODE` as the enclave answers, `enclave.gone`, `enclave.timeout`,
    ///     `enclave.key-changed`, `enclave.answer-unreadable`
    public <T> T get(String path, Class<T> type, OperationContext context) throws ConsoleException {
        return read(send(request(path).get().build(), context), type);
    }

    /// Reads JSON of a generic type.
    public <T> T get(String path, TypeReference<T> type, OperationContext context) throws ConsoleException {
        return read(send(request(path).get().build(), context), type);
    }

    /// Reads text, e.g. `/metrics`.
    public String getText(String path, OperationContext context) throws ConsoleException {
        return new String(send(request(path).get().build(), context), java.nio.charset.StandardCharsets.UTF_8);
    }

    /// Sends a body and reads JSON.
    public <T> T post(String path, RequestBody body, Class<T> type, OperationContext context) throws ConsoleException {
        return read(send(request(path).post(body).build(), context), type);
    }

    /// An answer of the enclave as it came, whatever its status.
    ///
    /// @param contentType empty if the answer names none
    public record Answer(int status, String contentType, byte[] body) {}

    /// Passes a request on as it is.
    ///
    /// @param body null for methods that have none
    /// @throws ConsoleException only where the enclave did not answer: `enclave.gone`, `enclave.timeout`,
    ///     `enclave.key-changed`
    public Answer exchange(
            String method,
            String pathAndQuery,
            Map<String, String> headers,
            @Nullable RequestBody body,
            OperationContext context)
            throws ConsoleException {
        Request.Builder request = request(pathAndQuery).method(method, body);
        headers.forEach(request::header);
        return exchange(request.build(), context);
    }

    private static Request.Builder request(String path) {
        return new Request.Builder().url(BASE + path);
    }

    private byte[] send(Request request, OperationContext context) throws ConsoleException {
        Answer answer = exchange(request, context);
        if (answer.status() / 100 != 2) {
            throw new ConsoleException(failures.answered(answer.status(), answer.body()));
        }
        return answer.body();
    }

    private Answer exchange(Request request, OperationContext context) throws ConsoleException {
        context.checkCancelled();
        Call call = http.newCall(request);
        call.timeout().timeout(TIME_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        try (OperationContext.Registration _ = context.onCancel(call::cancel);
                Response response = call.execute()) {
            return new Answer(response.code(), response.header("Content-Type", ""), body(response));
        } catch (IOException e) {
            context.checkCancelled();
            throw new ConsoleException(failures.broken(e), e);
        }
    }

    private static byte[] body(Response response) throws IOException {
        BufferedSource source = response.body().source();
        if (source.request(LARGEST_ANSWER + 1)) {
            throw new IOException("The answer is larger than " + (LARGEST_ANSWER >> 20) + " MiB.");
        }
        return source.readByteArray();
    }

    private <T> T read(byte[] answer, Class<T> type) throws ConsoleException {
        try {
            return Json.mapper().readValue(answer, type);
        } catch (IOException e) {
            throw new ConsoleException(failures.unreadable(e), e);
        }
    }

    private <T> T read(byte[] answer, TypeReference<T> type) throws ConsoleException {
        try {
            return Json.mapper().readValue(answer, type);
        } catch (IOException e) {
            throw new ConsoleException(failures.unreadable(e), e);
        }
    }

    /// Cancels what runs and closes all connections.
    @Override
    public void close() {
        http.dispatcher().cancelAll();
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }
}
