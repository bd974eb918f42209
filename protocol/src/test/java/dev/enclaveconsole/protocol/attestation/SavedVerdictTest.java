package dev.enclaveconsole.protocol.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SavedVerdictTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456789Z");

    @Test
    void comesBackFromJsonAndYieldsTheSameVerdict() throws GeneralSecurityException {
        var document = new TestDocument(new TestPki(NOW));
        Expectations expectations = document.expectations().build();
        Verdict verdict = new AttestationVerifier().verify(document.signed(), expectations);

        SavedVerdict back = SavedVerdict.fromJson(
                SavedVerdict.of(document.signed(), expectations, verdict).toJson());

        assertThat(back.verdict()).isEqualTo(verdict);
        assertThat(back.verifiedAt()).isEqualTo(NOW);
        assertThat(back.expectations().nonce()).isEqualTo(expectations.nonce());
        assertThat(back.expectations().freshness()).isEqualTo(expectations.freshness());
        assertThat(back.verdict().trusted()).isFalse();
    }

    @Test
    void realDocumentReverifiesOfflineAtItsTime() throws IOException {
        byte[] document = SharedData.attestation("nitro-2.bin");
        Expectations expectations = Expectations.builder().atDocumentTime().build();
        Verdict verdict = new AttestationVerifier().verify(document, expectations);

        SavedVerdict back = SavedVerdict.fromJson(
                SavedVerdict.of(document, expectations, verdict).toJson());

        assertThat(back.reverify()).isEqualTo(verdict);
        assertThat(back.isGenuine()).isTrue();
    }

    @Test
    void paintedVerdictIsExposed() throws IOException {
        byte[] document = SharedData.attestation("nitro-1.bin");
        Expectations expectations = Expectations.builder().at(NOW).build();
        String json = SavedVerdict.of(document, expectations, new AttestationVerifier().verify(document, expectations))
                .toJson()
                .replace("FAILED", "PASSED");

        SavedVerdict painted = SavedVerdict.fromJson(json);

        assertThat(painted.verdict().refused()).isFalse();
        assertThat(painted.isGenuine()).isFalse();
        assertThat(painted.reverify().refused()).isTrue();
    }

    @Test
    void refusesFileThatIsNoSavedVerdict() {
        for (String text : new String[] {"", "null", "[]", "{}", "{\"document\":7}", "certainly not"}) {
            assertThatThrownBy(() -> SavedVerdict.fromJson(text))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("not a saved verdict");
        }
    }
}
