package dev.enclaveconsole.desktop.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class KeyComparisonTest {
    private static final String KEY = "SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8";

    @Test
    void acceptsTheSameFingerprintHoweverItWasCopied() {
        assertThat(KeyComparison.of(KEY, KEY)).isEqualTo(KeyComparison.SAME);
        assertThat(KeyComparison.of(KEY, "  nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8=\n"))
                .isEqualTo(KeyComparison.SAME);
    }

    @Test
    void tellsADifferentOneApart() {
        assertThat(KeyComparison.of(KEY, KEY.replace('n', 'N'))).isEqualTo(KeyComparison.DIFFERENT);
        assertThat(KeyComparison.of(KEY, KEY.substring(0, 20))).isEqualTo(KeyComparison.DIFFERENT);
    }

    @Test
    void saysNothingAboutNothing() {
        assertThat(KeyComparison.of(KEY, "  ")).isEqualTo(KeyComparison.NOTHING);
    }
}
