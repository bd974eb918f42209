package dev.enclaveconsole.desktop.predict;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;

/// Width times height of a JPEG or PNG, read from its header, so that a thumbnail is never decoded out of a huge image.
final class PixelCount {
    private static final int PNG = 0x89504E47;
    private static final int JPEG = 0xFFD8;

    /// -1 if the header does not tell.
    static long of(byte[] image) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(image))) {
            int magic = in.readInt();
            if (magic == PNG) {
                in.skipNBytes(12);
                return (long) in.readInt() * in.readInt();
            }
            return magic >>> 16 == JPEG ? jpeg(image) : -1;
        } catch (IOException e) {
            return -1;
        }
    }

    private static long jpeg(byte[] image) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(image));
        in.skipNBytes(2);
        while (true) {
            int marker = in.readUnsignedShort();
            if (marker >>> 8 != 0xFF) {
                return -1;
            }
            int code = marker & 0xFF;
            int length = in.readUnsignedShort();
            boolean frame = code >= 0xC0 && code <= 0xCF && code != 0xC4 && code != 0xC8 && code != 0xCC;
            if (frame) {
                in.skipNBytes(1);
                return (long) in.readUnsignedShort() * in.readUnsignedShort();
            }
            in.skipNBytes(Math.max(0, length - 2));
        }
    }

    private PixelCount() {}
}
