package dev.enclaveconsole.desktop.host;

/// Whether a fingerprint that the user pasted is that of the host.
enum KeyComparison {
    NOTHING("hostkey.compare.hint", "muted"),
    SAME("hostkey.compare.same", "success-text"),
    DIFFERENT("hostkey.compare.different", "danger-text");

    private final String key;
    private final String style;

    KeyComparison(String key, String style) {
        this.key = key;
        this.style = style;
    }

    /// White space around it, a missing `SHA256:` and base64 padding do not matter; case does.
    static KeyComparison of(String expected, String typed) {
        String given = bare(typed);
        if (given.isEmpty()) {
            return NOTHING;
        }
        return given.equals(bare(expected)) ? SAME : DIFFERENT;
    }

    private static String bare(String fingerprint) {
        return fingerprint.strip().replaceFirst("^(?i:sha256):", "").replaceFirst("=+$", "");
    }

    String key() {
        return key;
    }

    String style() {
        return style;
    }
}
