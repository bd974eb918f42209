package dev.enclaveconsole.desktop.trust;

import dev.enclaveconsole.protocol.attestation.Verdict;
import java.util.Optional;

/// The verdict on the page.
///
/// @param file name of the saved verdict it was recomputed from; empty for the live enclave
/// @param pins name of the pinned image it was compared with
/// @param genuine false if the saved verdict claims something else than its document yields
public record ShownVerdict(Verdict verdict, Optional<String> file, Optional<String> pins, boolean genuine) {}
