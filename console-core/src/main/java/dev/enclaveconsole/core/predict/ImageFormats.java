package dev.enclaveconsole.core.predict;

import dev.enclaveconsole.core.failure.ConsoleException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Recognises image formats by their first bytes; names do not count.
final class ImageFormats {
    static final int HEAD_BYTES = 32;

    static ImageSource.Format require(String name, byte[] head) throws ConsoleException {
        if (starts(head, 0, 0xff, 0xd8, 0xff)) {
            return ImageSource.Format.JPEG;
        }
        if (starts(head, 0, 0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a)) {
            return ImageSource.Format.PNG;
        }
        if (starts(head, 0, 'R', 'I', 'F', 'F') && starts(head, 8, 'W', 'E', 'B', 'P')) {
            return ImageSource.Format.WEBP;
        }
        Optional<String> other = unsupported(head);
        throw new ConsoleException(
                other.isPresent() ? ImageProblems.unsupported(name, other.get()) : ImageProblems.noImage(name));
    }

    private static Optional<String> unsupported(byte[] head) {
        if (starts(head, 0, 'G', 'I', 'F', '8')) {
            return Optional.of("GIF");
        }
        if (starts(head, 0, 'B', 'M')) {
            return Optional.of("BMP");
        }
        if (starts(head, 0, 'I', 'I', '*', 0) || starts(head, 0, 'M', 'M', 0, '*')) {
            return Optional.of("TIFF");
        }
        if (starts(head, 4, 'f', 't', 'y', 'p') && head.length >= 12) {
            String brand = new String(head, 8, 4, StandardCharsets.ISO_8859_1);
            return switch (brand) {
                case "heic", "heix", "hevc", "mif1", "msf1" -> Optional.of("HEIC");
                case "avif", "avis" -> Optional.of("AVIF");
                default -> Optional.of("video");
            };
        }
        return Optional.empty();
    }

    private static boolean starts(byte[] head, int offset, int... magic) {
        if (head.length < offset + magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((head[offset + i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    private ImageFormats() {}
}
