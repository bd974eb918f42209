package dev.enclaveconsole.core.trust;

import dev.enclaveconsole.core.enclave.EnclaveInfo;
import dev.enclaveconsole.core.failure.ConsoleException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The PCRs the user trusts, by image name: the distribution's own and those the user pinned, which count first.
@SuppressWarnings("DoNotCallSuggester")
public final class Pins {
    private final Path file;
    private final Optional<Path> bundledFolder;

    /// @param bundledFolder the distribution's `images/`, holding `NAME.json` with
    ///     `{"image":NAME,"pcrs":{"0":hex,…}}`
    public Pins(Path file, Optional<Path> bundledFolder) {
        this.file = file;
        this.bundledFolder = bundledFolder;
    }

    public List<PinSet> list() throws ConsoleException {
        throw new UnsupportedOperationException(file + " " + bundledFolder);
    }

    public Optional<PinSet> find(String name) throws ConsoleException {
        throw new UnsupportedOperationException();
    }

    /// The pins of the image an enclave was launched from, by the enclave's name (`demo`, `demo_1`, …). A parent
    /// that lies about the name gains nothing: the enclave must then match that image's pins.
    public Optional<PinSet> forEnclave(EnclaveInfo enclave) throws ConsoleException {
        throw new UnsupportedOperationException();
    }

    /// Pins, replacing an earlier pin of that name.
    ///
    /// @throws ConsoleException `pins.invalid` unless there is at least one PCR and each is 96 hex digits and not
    ///     all zero
    public PinSet pin(String name, Map<Integer, String> pcrs) throws ConsoleException {
        throw new UnsupportedOperationException();
    }

    /// @return false if the user pinned nothing of that name
    public boolean unpin(String name) throws ConsoleException {
        throw new UnsupportedOperationException();
    }
}
