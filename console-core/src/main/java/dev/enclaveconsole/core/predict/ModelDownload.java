package dev.enclaveconsole.core.predict;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.operation.OperationContext;
import dev.enclaveconsole.core.operation.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/// Downloads one file by https, redirects included, never by http. Sends nothing but the request.
final class ModelDownload {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

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

    static void fetch(URI address, Path target, OperationContext context) throws ConsoleException {
        OkHttpClient http = new OkHttpClient.Builder()
                .followSslRedirects(false)
                .connectTimeout(PATIENCE)
                .readTimeout(PATIENCE)
                .build();
        Request request = new Request.Builder()
                .url(address.toString())
                .header("User-Agent", "enclave-console")
                .build();
        Call call = http.newCall(request);
        try (OperationContext.Registration _ = context.onCancel(call::cancel);
                Response response = call.execute()) {
            if (!response.isSuccessful()) {
                throw new IOException("The server answered with status " + response.code() + ".");
            }
            copy(response, target, address, context);
        } catch (IOException e) {
            context.checkCancelled();
            throw new ConsoleException(ModelProblems.download(address, e), e);
        } finally {
            http.dispatcher().executorService().shutdown();
            http.connectionPool().evictAll();
        }
    }

    private static void copy(Response response, Path target, URI address, OperationContext context)
            throws IOException, ConsoleException {
        long total = Math.max(0, response.body().contentLength());
        byte[] buffer = new byte[64 * 1024];
        long done = 0;
        try (InputStream in = response.body().byteStream();
                OutputStream out = Files.newOutputStream(target)) {
            int n;
            while ((n = in.read(buffer)) > 0) {
                context.checkCancelled();
                done += n;
                if (done > ModelSources.LARGEST_MODEL || total > ModelSources.LARGEST_MODEL) {
                    throw new ConsoleException(ModelProblems.tooLarge(address.toString(), ModelSources.LARGEST_MODEL));
                }
                out.write(buffer, 0, n);
                context.report(new Progress("Downloading the model", done, total, Progress.Unit.BYTES));
            }
        }
    }

    private ModelDownload() {}
}
