package dev.enclaveconsole.core.enclave;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a parent host takes TCP connections for an enclave.
///
/// @param address numeric, `0.0.0.0` or `[::]` for all
public record PublicAddress(String address, int port) {
    private static final Pattern FORM = Pattern.compile("(\\[[0-9a-fA-F:]+]|[0-9.]+):(\\d{1,5})");
    private static final int LAST_PORT = 65_535;

    /// @throws ConsoleException `publish.address`
    public static PublicAddress parse(String text) throws ConsoleException {
        Matcher matcher = FORM.matcher(text);
        if (matcher.matches()) {
            int port = Integer.parseInt(matcher.group(2));
            if (port > 0 && port <= LAST_PORT) {
                return new PublicAddress(matcher.group(1), port);
            }
        }
        throw new ConsoleException(Problem.usage(
                "publish.address",
                text + " is no address to listen at.",
                "",
                "Give a numeric address and a port, e.g. 0.0.0.0:8443 or 127.0.0.1:8443."));
    }

    @Override
    public String toString() {
        return address + ":" + port;
    }
}
