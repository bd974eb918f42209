package dev.enclaveconsole.core.host.doctor;

import java.util.OptionalInt;

/// What the user wants to have set aside for enclaves. Where nothing is said, what the host has is kept if it is enough
/// for a small enclave.
public record Wish(OptionalInt memoryMib, OptionalInt cpus) {
    public static Wish none() {
        return new Wish(OptionalInt.empty(), OptionalInt.empty());
    }
}
