package dev.enclaveconsole.desktop.enclave;

import dev.enclaveconsole.core.enclave.EnclaveInfo;
import dev.enclaveconsole.core.enclave.SavedEnclave;

/// The enclave whose console is on the screen.
///
/// @param saved read from this computer, not followed
public record ConsoleShown(String id, String name, boolean saved) {
    static ConsoleShown of(EnclaveInfo enclave) {
        return new ConsoleShown(enclave.id(), enclave.name(), false);
    }

    static ConsoleShown of(SavedEnclave enclave) {
        return new ConsoleShown(enclave.id(), enclave.name(), true);
    }
}
