package dev.enclaveconsole.server.predict.image;

import java.util.Locale;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;

/// ImageIO decodes a cut-off JPEG to a half grey picture and only warns. Such warnings count as damage; those about
/// odd but harmless metadata or extra bytes between markers do not.
final class DamageWarnings implements IIOReadWarningListener {
    private boolean damaged;

    @Override
    public void warningOccurred(ImageReader source, String warning) {
        String text = warning.toLowerCase(Locale.ROOT);
        damaged |= text.contains("truncated")
                || text.contains("premature end")
                || text.contains("missing eoi")
                || text.contains("huffman");
    }

    boolean damaged() {
        return damaged;
    }
}
