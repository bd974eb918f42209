package dev.enclaveconsole.server.predict.image;

import dev.enclaveconsole.protocol.api.ErrorCode;
import dev.enclaveconsole.server.transport.Refusal;

/// The formats that are decoded, told by their first bytes, never by a name.
enum ImageFormat {
    JPEG,
    PNG,
    WEBP;

    static ImageFormat of(byte[] bytes) throws Refusal {
        if (bytes.length == 0) {
            throw new Refusal(ErrorCode.IMAGE_EMPTY, "The image has 0 bytes.", "Send a file that has a picture in it.");
        }
        if (startsWith(bytes, 0, 0xff, 0xd8, 0xff)) {
            return JPEG;
        }
        if (startsWith(bytes, 0, 0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a)) {
            return PNG;
        }
        if (startsWith(bytes, 0, 'R', 'I', 'F', 'F') && startsWith(bytes, 8, 'W', 'E', 'B', 'P')) {
            return WEBP;
        }
        throw new Refusal(
                ErrorCode.NOT_AN_IMAGE,
                "The bytes are no JPEG, PNG or WebP image, whatever the file is called.",
                "Send a JPEG, PNG or WebP file.");
    }

    private static boolean startsWith(byte[] bytes, int offset, int... signature) {
        if (bytes.length < offset + signature.length) {
            return false;
        }
        for (int i = 0; i < signature.length; i++) {
            if ((bytes[offset + i] & 0xff) != signature[i]) {
                return false;
            }
        }
        return true;
    }
}
