package dev.enclaveconsole.desktop.predict;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What becomes of a drop or a paste, decided without a window.
final class DropLogic {

    /// What a drag or the clipboard carries.
    record Offer(List<Path> files, boolean image, Optional<String> url) {
        boolean isEmpty() {
            return files.isEmpty() && !image;
        }
    }

    sealed interface Decision {
        /// Files and folders to look through.
        record TakeFiles(List<Path> files) implements Decision {}

        /// A picture without a file.
        record TakeImage() implements Decision {}

        /// @param reasonKey key of the sentence that says why
        record Refuse(String reasonKey) implements Decision {}
    }

    /// @param ready an enclave is there to send images to
    static Decision decide(Offer offer, boolean ready) {
        if (!ready) {
            return new Decision.Refuse("predict.drop.not-ready");
        }
        if (!offer.files().isEmpty()) {
            return new Decision.TakeFiles(offer.files());
        }
        if (offer.image()) {
            return new Decision.TakeImage();
        }
        return new Decision.Refuse(offer.url().isPresent() ? "predict.drop.url" : "predict.drop.nothing");
    }

    private DropLogic() {}
}
