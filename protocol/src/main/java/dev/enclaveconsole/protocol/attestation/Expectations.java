package dev.enclaveconsole.protocol.attestation;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a verifier expects of a document. What is not given is NOT_CHECKED in the verdict.
///
/// @param at the time of verification; null for the document's own timestamp
/// @param nonce the bytes sent with the request
/// @param pcrs index to lower-case hex
/// @param tlsKey SubjectPublicKeyInfo (DER) of the key that answered the TLS handshake
/// @param operatorKey SubjectPublicKeyInfo (DER) of the key with which the enclave was claimed
/// @param freshness how far the document's timestamp may be from `at`, either way
public record Expectations(
        @Nullable Instant at,
        byte @Nullable [] nonce,
        Map<Integer, String> pcrs,
        byte @Nullable [] tlsKey,
        byte @Nullable [] operatorKey,
        Duration freshness) {
    public static final Duration DEFAULT_FRESHNESS = Duration.ofMinutes(5);
    private static final int PCR_HEX_DIGITS = 96;

    public Expectations {
        Objects.requireNonNull(freshness, "freshness");
        var normalised = new TreeMap<Integer, String>();
        pcrs.forEach((index, hex) -> normalised.put(index, normalised(index, hex)));
        pcrs = Collections.unmodifiableMap(normalised);
    }

    public static Builder builder() {
        return new Builder();
    }

    /// Whether dates are checked at the document's own timestamp.
    public boolean historic() {
        return at == null;
    }

    private static String normalised(int index, String hex) {
        String lower = hex.strip().toLowerCase(Locale.ROOT);
        if (lower.length() != PCR_HEX_DIGITS || !lower.chars().allMatch(HexFormat::isHexDigit)) {
            throw new IllegalArgumentException(
                    "The expected PCR%d is not a SHA-384 in hex (96 digits).".formatted(index));
        }
        return lower;
    }

    /// One of [#at] and [#atDocumentTime] has to be called.
    public static final class Builder {
        private boolean timeChosen;
        private @Nullable Instant at;
        private byte @Nullable [] nonce;
        private Map<Integer, String> pcrs = Map.of();
        private byte @Nullable [] tlsKey;
        private byte @Nullable [] operatorKey;
        private Duration freshness = DEFAULT_FRESHNESS;

        private Builder() {}

        public Builder at(Instant time) {
            timeChosen = true;
            at = time;
            return this;
        }

        /// For documents saved earlier: dates are checked at the document's own timestamp, freshness is not checked.
        public Builder atDocumentTime() {
            timeChosen = true;
            at = null;
            return this;
        }

        public Builder nonce(byte[] sent) {
            nonce = sent.clone();
            return this;
        }

        /// @param expected index to hex, any case
        /// @throws IllegalArgumentException on [#build] if a value is no SHA-384 in hex
        public Builder pcrs(Map<Integer, String> expected) {
            pcrs = Map.copyOf(expected);
            return this;
        }

        public Builder tlsKey(byte[] spki) {
            tlsKey = spki.clone();
            return this;
        }

        public Builder operatorKey(byte[] spki) {
            operatorKey = spki.clone();
            return this;
        }

        public Builder freshness(Duration window) {
            freshness = window;
            return this;
        }

        public Expectations build() {
            if (!timeChosen) {
                throw new IllegalStateException("Say at which time to verify: at(…) or atDocumentTime().");
            }
            return new Expectations(at, nonce, pcrs, tlsKey, operatorKey, freshness);
        }
    }
}
