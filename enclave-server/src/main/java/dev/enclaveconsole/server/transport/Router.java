package dev.enclaveconsole.server.transport;

import dev.enclaveconsole.protocol.api.ErrorCode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds the route of a request.
public final class Router {
    private final List<Route> routes;

    public Router(List<Route> routes) {
        this.routes = List.copyOf(routes);
    }

    /// A route with the values of its `{name}` segments.
    public record Match(Route route, Map<String, String> parameters) {}

    public Match find(String method, String path) throws Refusal {
        boolean pathKnown = false;
        for (Route route : routes) {
            Map<String, String> parameters = match(route.pattern(), path);
            if (parameters != null) {
                if (route.method().equals(method)) {
                    return new Match(route, parameters);
                }
                pathKnown = true;
            }
        }
        if (pathKnown) {
            throw new Refusal(
                    ErrorCode.METHOD_NOT_ALLOWED,
                    "This address does not take that method.",
                    "Use " + methodsOf(path) + ".");
        }
        throw new Refusal(
                ErrorCode.NOT_FOUND,
                "The enclave has nothing at this address.",
                "Addresses are /attestation, /claim, /predict/, /v1/predict, /v1/models, /v2, /metrics and /health.");
    }

    private String methodsOf(String path) {
        return routes.stream()
                .filter(route -> match(route.pattern(), path) != null)
                .map(Route::method)
                .distinct()
                .collect(Collectors.joining(" or "));
    }

    private static @Nullable Map<String, String> match(String pattern, String path) {
        if (pattern.indexOf('{') < 0) {
            return pattern.equals(path) ? Map.of() : null;
        }
        String[] wanted = pattern.split("/", -1);
        String[] given = path.split("/", -1);
        if (wanted.length != given.length) {
            return null;
        }
        Map<String, String> parameters = new HashMap<>();
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].startsWith("{")) {
                String name = wanted[i].substring(1, wanted[i].length() - 1);
                parameters.put(name, decode(given[i]));
            } else if (!wanted[i].equals(given[i])) {
                return null;
            }
        }
        return parameters;
    }

    private static String decode(String segment) {
        try {
            return URLDecoder.decode(segment, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return segment;
        }
    }
}
