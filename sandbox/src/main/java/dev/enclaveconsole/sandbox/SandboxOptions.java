package dev.enclaveconsole.sandbox;

import dev.enclaveconsole.sandbox.enclave.IsolationKind;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What a sandbox host is started with.
///
/// @param installation the console's distribution folder, whose `images/demo.eif` the sandbox offers
/// @param isolation how enclave processes are separated from this machine; null chooses the strongest that works here
/// @param registry where its descriptor is left for other consoles of this user
public record SandboxOptions(Path installation, @Nullable IsolationKind isolation, RunningSandboxes registry) {

    public SandboxOptions(Path installation) {
        this(installation, null, RunningSandboxes.ofThisUser());
    }
}
