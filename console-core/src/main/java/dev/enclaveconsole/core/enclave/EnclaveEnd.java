package dev.enclaveconsole.core.enclave;

import java.time.Instant;

/// How an enclave ended.
///
/// @param at when, or when it was noticed
/// @param reason a sentence
/// @param evidence lines of its console and of nitro-cli's log that the reason comes from; may be empty
public record EnclaveEnd(Instant at, Kind kind, String reason, String evidence) {

    public enum Kind {
        /// By this console.
        TERMINATED,
        /// By itself, or by somebody else.
        VANISHED
    }
}
