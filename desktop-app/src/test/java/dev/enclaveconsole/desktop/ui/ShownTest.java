package dev.enclaveconsole.desktop.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ShownTest {
    @Test
    void quotesWhatAShellWouldSplitOrExpand() {
        assertThat(Shown.commandLine(
                        List.of("nitro-cli", "run-enclave", "--eif-path", "/tmp/my image.eif", "$HOME", "it's")))
                .isEqualTo("nitro-cli run-enclave --eif-path '/tmp/my image.eif' '$HOME' 'it'\\''s'");
    }

    @Test
    void shortensAndGroupsDigests() {
        assertThat(Shown.shortHex("0123456789abcdef0123")).isEqualTo("0123456789abcdef…");
        assertThat(Shown.grouped("0123456789abcdef0123")).isEqualTo("01234567 89abcdef 0123");
        assertThat(Shown.grouped("2026-01-01")).isEqualTo("2026-01-01");
    }

    @Test
    void keepsThreeFiguresOfMilliseconds() {
        assertThat(Shown.millis(420)).isEqualTo("0.42");
        assertThat(Shown.millis(42_000)).isEqualTo("42.0");
        assertThat(Shown.millis(4_200_000)).isEqualTo("4200");
    }
}
