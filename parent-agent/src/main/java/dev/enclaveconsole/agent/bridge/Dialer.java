package dev.enclaveconsole.agent.bridge;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Opens links to enclaves: by vsock on a parent host, by Unix sockets in one folder on the sandbox host.
///
/// The folder is named by the environment as `ENCLAVE_CONSOLE_VSOCK=unix:DIR`; the socket of CID 16, port 8443 is
/// `DIR/16_8443.sock`.
public sealed interface Dialer {

    String VARIABLE = "ENCLAVE_CONSOLE_VSOCK";

    /// @param setting the value of [#VARIABLE], null when it is not set
    /// @throws IllegalArgumentException when the setting is neither absent nor `unix:DIR`
    static Dialer of(@Nullable String setting) {
        if (setting == null || setting.isEmpty()) {
            return new Vsock();
        }
        if (!setting.startsWith("unix:/")) {
            throw new IllegalArgumentException(VARIABLE + " must be unix:DIR, not '" + setting + "'");
        }
        return new Unix(Path.of(setting.substring("unix:".length())));
    }

    Link dial(VsockAddress address) throws IOException;

    record Vsock() implements Dialer {
        @Override
        public Link dial(VsockAddress address) throws IOException {
            return NativeLink.connect(address);
        }
    }

    record Unix(Path folder) implements Dialer {
        @Override
        public Link dial(VsockAddress address) throws IOException {
            return UnixLink.connect(folder.resolve(address.socketName()));
        }
    }
}
