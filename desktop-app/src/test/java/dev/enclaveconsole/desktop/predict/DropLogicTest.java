package dev.enclaveconsole.desktop.predict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclaveconsole.desktop.predict.DropLogic.Decision;
import dev.enclaveconsole.desktop.predict.DropLogic.Offer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DropLogicTest {
    private static final Path CAT = Path.of("cat.jpg");

    @Test
    void takesFilesAndFolders() {
        Offer offer = new Offer(List.of(CAT, Path.of("folder")), false, Optional.empty());
        assertThat(DropLogic.decide(offer, true)).isEqualTo(new Decision.TakeFiles(offer.files()));
    }

    @Test
    void prefersTheFileToItsPicture() {
        Offer offer = new Offer(List.of(CAT), true, Optional.of("file:///cat.jpg"));
        assertThat(DropLogic.decide(offer, true)).isEqualTo(new Decision.TakeFiles(List.of(CAT)));
    }

    @Test
    void takesAPictureFromTheClipboard() {
        assertThat(DropLogic.decide(new Offer(List.of(), true, Optional.empty()), true))
                .isEqualTo(new Decision.TakeImage());
    }

    @Test
    void neverFetchesAnAddress() {
        assertThat(DropLogic.decide(new Offer(List.of(), false, Optional.of("https://example.org/cat.jpg")), true))
                .isEqualTo(new Decision.Refuse("predict.drop.url"));
    }

    @Test
    void takesNothingWithoutAVerifiedEnclave() {
        assertThat(DropLogic.decide(new Offer(List.of(CAT), false, Optional.empty()), false))
                .isEqualTo(new Decision.Refuse("predict.drop.not-ready"));
    }
}
