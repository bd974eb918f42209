package dev.enclaveconsole.server.transport;

/// One entry of the server's interface. `pattern` is a path whose `{name}` segments match any one segment;
/// `name` is its label in the metrics.
///
/// [#handle] runs on the event loop: it answers at once or hands the exchange to a worker that answers later.
public record Route(String method, String pattern, String name, Access access, int maxBodyBytes, Handler handler) {

    /// Who may use a route. OPERATOR gives way to the image's configuration where that says `open`.
    public enum Access {
        ANYONE,
        OPERATOR
    }

    @FunctionalInterface
    public interface Handler {
        void handle(Exchange exchange) throws Refusal;
    }

    public static Route get(String pattern, String name, Handler handler) {
        return new Route("GET", pattern, name, Access.ANYONE, 0, handler);
    }

    public static Route post(String pattern, String name, Access access, int maxBodyBytes, Handler handler) {
        return new Route("POST", pattern, name, access, maxBodyBytes, handler);
    }

    public void handle(Exchange exchange) throws Refusal {
        handler.handle(exchange);
    }
}
