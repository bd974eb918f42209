package dev.enclaveconsole.core.predict;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.operation.OperationContext;
import dev.enclaveconsole.core.operation.Progress;
import dev.enclaveconsole.protocol.api.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/// Downloads by https, redirects included, never by http. Sends nothing but the requests.
final class ModelDownload implements AutoCloseable {
    private static final long LARGEST_DOCUMENT = 8L << 20;

    private final OkHttpClient http;
    private final long largestModel;
    private final OperationContext context;

    ModelDownload(ModelWeb web, OperationContext context) {
        this.http = web.http().get();
        this.largestModel = web.largestModel();
        this.context = context;
    }

    static URI checked(String address) throws ConsoleException {
        try {
            URI uri = new URI(address);
            if ("https".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw new ConsoleException(ModelProblems.address(address), e);
        }
        throw new ConsoleException(ModelProblems.address(address));
    }

    /// @throws ConsoleException `model.download-failed`, `model.too-large`
    void file(URI address, Path target) throws ConsoleException, IOException {
        Files.createDirectories(target.toAbsolutePath().getParent());
        try (OutputStream out = Files.newOutputStream(target)) {
            receive(address, out, largestModel, "Downloading " + lastName(address));
        }
    }

    /// @throws ConsoleException `model.download-failed`, also if the answer is no JSON
    JsonNode json(URI address) throws ConsoleException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        receive(address, bytes, LARGEST_DOCUMENT, "Asking " + address.getHost());
        try {
            return Json.mapper().readTree(bytes.toByteArray());
        } catch (JsonProcessingException e) {
            throw new ConsoleException(
                    ModelProblems.download(address, new IOException("The answer is no JSON document.")), e);
        } catch (IOException e) {
            throw new ConsoleException(ModelProblems.download(address, e), e);
        }
    }

    @Override
    public void close() {
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }

    private void receive(URI address, OutputStream out, long limit, String what) throws ConsoleException {
        Request request = new Request.Builder()
                .url(checked(address.toString()).toString())
                .header("User-Agent", "enclave-console")
                .build();
        Call call = http.newCall(request);
        try (OperationContext.Registration _ = context.onCancel(call::cancel);
                Response response = call.execute()) {
            if (!response.isSuccessful()) {
                throw new IOException(refusal(response));
            }
            copy(response, out, address, limit, what);
        } catch (IOException e) {
            context.checkCancelled();
            throw new ConsoleException(ModelProblems.download(address, e), e);
        }
    }

    private void copy(Response response, OutputStream out, URI address, long limit, String what)
            throws IOException, ConsoleException {
        long total = Math.max(0, response.body().contentLength());
        byte[] buffer = new byte[64 * 1024];
        long done = 0;
        try (InputStream in = response.body().byteStream()) {
            int n = 0;
            while (n >= 0) {
                context.checkCancelled();
                done += n;
                if (done > limit || total > limit) {
                    throw new ConsoleException(ModelProblems.tooLarge(address.toString(), limit));
                }
                out.write(buffer, 0, n);
                context.report(new Progress(what, done, total, Progress.Unit.BYTES));
                n = in.read(buffer);
            }
        }
    }

    private static String refusal(Response response) {
        if (response.isRedirect()) {
            return "It leads to " + response.header("Location", "nowhere")
                    + ", and nothing is fetched but from https addresses.";
        }
        String status = "The server answered with status " + response.code() + ".";
        return switch (response.code()) {
            case 401, 403 -> status + " It is not there, or not public.";
            default -> status;
        };
    }

    private static String lastName(URI address) {
        String path = String.valueOf(address.getPath());
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
