package dev.enclaveconsole.server.transport;

import dev.enclaveconsole.protocol.api.Limits;

/// Where the server listens, as `ENCLAVE_LISTEN` says it: `vsock:PORT`, `unix:/path.sock` or `tcp:HOST:PORT`
/// (HOST an IP address or `localhost`, since no name is ever resolved; port 0 picks a free one).
public sealed interface ListenAddress {

    record Vsock(int port) implements ListenAddress {
        @Override
        public String toString() {
            return "vsock:" + port;
        }
    }

    record Unix(String path) implements ListenAddress {
        @Override
        public String toString() {
            return "unix:" + path;
        }
    }

    record Tcp(String host, int port) implements ListenAddress {
        @Override
        public String toString() {
            return "tcp:" + host + ":" + port;
        }
    }

    ListenAddress DEFAULT = new Vsock(Limits.ENCLAVE_PORT);

    /// @throws IllegalArgumentException with a sentence that shows the accepted forms
    static ListenAddress parse(String text) {
        int colon = text.indexOf(':');
        String kind = colon < 0 ? text : text.substring(0, colon);
        String rest = colon < 0 ? "" : text.substring(colon + 1);
        return switch (kind) {
            case "vsock" -> new Vsock(port(text, rest));
            case "unix" -> {
                if (!rest.startsWith("/")) {
                    throw malformed(text);
                }
                yield new Unix(rest);
            }
            case "tcp" -> {
                int last = rest.lastIndexOf(':');
                if (last <= 0) {
                    throw malformed(text);
                }
                yield new Tcp(rest.substring(0, last), port(text, rest.substring(last + 1)));
            }
            default -> throw malformed(text);
        };
    }

    private static int port(String text, String digits) {
        try {
            int port = Integer.parseInt(digits);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw malformed(text);
        }
        throw malformed(text);
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException(
                "\"%s\" is no listen address; use vsock:PORT, unix:/path.sock or tcp:HOST:PORT.".formatted(text));
    }
}
