package dev.enclaveconsole.server;

import dev.enclaveconsole.server.nsm.Nsm;
import dev.enclaveconsole.server.transport.ListenAddress;
import java.nio.file.Path;
import java.util.Map;

/// What the server is told from outside: `ENCLAVE_LISTEN`, `ENCLAVE_NSM`, `ENCLAVE_HOME`. Everything else is measured
/// with the image.
///
/// @param nsm `/dev/nsm` or `unix:/path.sock`
/// @param home the folder with `models/` and `etc/enclave.json`
public record ServerEnvironment(ListenAddress listen, String nsm, Path home) {

    /// @throws StartupFailure naming the variable that is wrong
    public static ServerEnvironment from(Map<String, String> environment) throws StartupFailure {
        try {
            String listen = environment.getOrDefault("ENCLAVE_LISTEN", ListenAddress.DEFAULT.toString());
            return new ServerEnvironment(
                    ListenAddress.parse(listen),
                    environment.getOrDefault("ENCLAVE_NSM", Nsm.DEFAULT_ADDRESS),
                    Path.of(environment.getOrDefault("ENCLAVE_HOME", "/opt/enclave")));
        } catch (IllegalArgumentException e) {
            throw new StartupFailure("ENCLAVE_LISTEN: " + e.getMessage());
        }
    }
}
