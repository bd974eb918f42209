package dev.enclaveconsole.core.predict;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.operation.OperationContext;
import dev.enclaveconsole.core.trust.EnclaveClient;
import dev.enclaveconsole.protocol.api.Json;
import dev.enclaveconsole.protocol.api.Limits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/// An enclave's prediction interface as plain HTTP on this machine's loopback address, for clients that know
/// nothing of attestation. Requests go on through the attested session, so they are encrypted from here to the
/// enclave; on this machine every user and program can send them. Web pages cannot: a request that names an origin
/// or another host is refused.
public final class PlainHttpPublication implements AutoCloseable {
    private static final List<String> PATHS =
            List.of("/predict", "/v1/predict", "/v1/models", "/v2", "/health", "/metrics", "/attestation");
    /// What a path may hold: nothing that a later reader could take for another path.
    private static final Pattern PLAIN_PATH = Pattern.compile("(/[A-Za-z0-9_:-]+(\\.[A-Za-z0-9_:-]+)*)+/?");
    private static final List<String> FORWARDED_HEADERS = List.of("Content-Type", "Accept");
    private static final Set<String> METHODS_WITH_BODY = Set.of("POST", "PUT", "PATCH");

    private final EnclaveClient enclave;
    private final OperationContext context;
    private final HttpServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    private PlainHttpPublication(EnclaveClient enclave, HttpServer server, OperationContext context) {
        this.enclave = enclave;
        this.server = server;
        this.context = context;
    }

    /// @param port 0 for any free one
    /// @throws ConsoleException `publish.port-taken`
    public static PlainHttpPublication start(EnclaveClient enclave, int port, OperationContext context)
            throws ConsoleException {
        configureServer();
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            PlainHttpPublication publication = new PlainHttpPublication(enclave, server, context);
            server.createContext("/", publication::handle);
            server.setExecutor(publication.executor);
            server.start();
            return publication;
        } catch (IOException e) {
            throw new ConsoleException(
                    Problem.failed(
                            "publish.port-taken",
                            "Port " + port + " of this computer cannot be opened.",
                            String.valueOf(e.getMessage()),
                            "Choose another port, or none to have a free one chosen."),
                    e);
        }
    }

    /// The JDK's server reads these when it is first used. It leaves Nagle's algorithm on otherwise (40 ms a request),
    /// waits for a request's end for ever, and takes any number of connections.
    private static void configureServer() {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxReqTime", "60");
        System.setProperty("sun.net.httpserver.maxRspTime", "120");
        System.setProperty("jdk.httpserver.maxConnections", "256");
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + port() + "/");
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!isLocalProgram(exchange)) {
                refuse(exchange, 403, "publish.not-local", "Only programs on this computer may ask, not web pages.");
            } else if (!isPublished(exchange.getRequestURI().getRawPath())) {
                refuse(exchange, 404, "publish.not-published", "This path is not published.");
            } else {
                forward(exchange);
            }
        }
    }

    private void forward(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(Limits.MAX_BODY_BYTES + 1);
        if (body.length > Limits.MAX_BODY_BYTES) {
            refuse(exchange, 413, "BODY_TOO_LARGE", "The request is larger than an enclave takes.");
            return;
        }
        try {
            EnclaveClient.Answer answer = enclave.exchange(
                    exchange.getRequestMethod(),
                    target(exchange.getRequestURI()),
                    headers(exchange),
                    requestBody(exchange.getRequestMethod(), body),
                    context);
            answer(exchange, answer.status(), answer.contentType(), answer.body());
        } catch (ConsoleException e) {
            Problem problem = e.problem();
            refuse(exchange, 502, problem.code(), problem.sentence());
        }
    }

    private static boolean isLocalProgram(HttpExchange exchange) {
        String host = exchange.getRequestHeaders().getFirst("Host");
        boolean named = host != null && host.matches("(127\\.0\\.0\\.1|localhost|\\[::1])(:[0-9]+)?");
        return named && !exchange.getRequestHeaders().containsKey("Origin");
    }

    private static String target(URI requested) {
        String query = requested.getRawQuery();
        return requested.getRawPath() + (query == null ? "" : "?" + query);
    }

    private static boolean isPublished(@Nullable String path) {
        return path != null
                && PLAIN_PATH.matcher(path).matches()
                && PATHS.stream().anyMatch(p -> path.equals(p) || path.startsWith(p + "/"));
    }

    private static Map<String, String> headers(HttpExchange exchange) {
        Map<String, String> headers = new HashMap<>();
        for (String name : FORWARDED_HEADERS) {
            String value = exchange.getRequestHeaders().getFirst(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        return headers;
    }

    private static @Nullable RequestBody requestBody(String method, byte[] body) {
        return METHODS_WITH_BODY.contains(method) ? RequestBody.create(body, (MediaType) null) : null;
    }

    private static void refuse(HttpExchange exchange, int status, String code, String message) throws IOException {
        byte[] body = Json.mapper()
                .writeValueAsBytes(Map.of("error", Map.of("code", code, "message", message, "remedy", "")));
        answer(exchange, status, "application/json", body);
    }

    private static void answer(HttpExchange exchange, int status, String contentType, byte[] body) throws IOException {
        if (!contentType.isEmpty()) {
            exchange.getResponseHeaders().set("Content-Type", contentType);
        }
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }
}
