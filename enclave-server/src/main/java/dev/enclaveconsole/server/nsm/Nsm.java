package dev.enclaveconsole.server.nsm;

import dev.enclaveconsole.protocol.attestation.NsmRequest;
import dev.enclaveconsole.protocol.attestation.NsmResponse;
import java.io.IOException;
import java.nio.file.Path;

/// The Nitro Secure Module, as the enclave sees it.
@FunctionalInterface
public interface Nsm {
    String DEFAULT_ADDRESS = "/dev/nsm";

    /// Blocks until the module has answered; a real one takes some milliseconds, its driver gives up after two minutes.
    ///
    /// @throws IOException when there is no module or it does not answer; a refusal by the module is a
    ///     [NsmResponse.Failure] instead
    NsmResponse ask(NsmRequest request) throws IOException;

    /// @param address `unix:/path.sock`, or the path of the character device
    static Nsm at(String address) {
        return address.startsWith("unix:")
                ? new NsmSocket(Path.of(address.substring("unix:".length())))
                : new NsmDevice(address);
    }
}
