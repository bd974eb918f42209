package dev.enclaveconsole.sandbox;

import dev.enclaveconsole.sandbox.enclave.IsolationKind;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What a sandbox host is started with.
///
/// @param installation the console's distribution folder, whose `images/demo.eif` the sandbox offers
/// @param isolation how enclave processes are separated from this machine; null chooses the strongest that works here
/// @param bare nothing is installed for enclaves yet, as on an instance just launched
/// @param registry where its descriptor is left for other consoles of this user
public record SandboxOptions(
        Path installation, @Nullable IsolationKind isolation, boolean bare, RunningSandboxes registry) {

    public SandboxOptions(Path installation, @Nullable IsolationKind isolation, RunningSandboxes registry) {
        this(installation, isolation, false, registry);
    }

    /// The same with nothing installed for enclaves.
    public SandboxOptions bareHost() {
        return new SandboxOptions(installation, isolation, true, registry);
    }

    public SandboxOptions(Path installation) {
        this(installation, null, false, RunningSandboxes.ofThisUser());
    }
}
