package dev.enclaveconsole.desktop.trust;

import dev.enclaveconsole.protocol.attestation.Verdict;
import org.jspecify.annotations.Nullable;

/// How a verdict is painted. Green exists only for [#TRUSTED], and that only for a verdict whose every step passed.
public enum Standing {
    NONE("mdi2s-shield-outline", "neutral"),
    TRUSTED("mdi2s-shield-check", "success"),
    /// The user allows this host to be untrusted; the enclave is used nevertheless.
    UNTRUSTED("mdi2s-shield-alert", "warning"),
    /// Nothing is sent to this enclave.
    REFUSED("mdi2s-shield-off", "danger");

    private final String icon;
    private final String tone;

    Standing(String icon, String tone) {
        this.icon = icon;
        this.tone = tone;
    }

    /// @param inUse a session with the enclave is open in spite of the verdict
    public static Standing of(@Nullable Verdict verdict, boolean inUse) {
        if (verdict == null) {
            return NONE;
        }
        if (verdict.trusted()) {
            return TRUSTED;
        }
        return inUse ? UNTRUSTED : REFUSED;
    }

    String icon() {
        return icon;
    }

    /// `neutral`, `success`, `warning` or `danger`: the last part of a style class.
    String tone() {
        return tone;
    }
}
