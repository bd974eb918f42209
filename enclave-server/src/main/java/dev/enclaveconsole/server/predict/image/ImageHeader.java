package dev.enclaveconsole.server.predict.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// What the containers say around the pixels: EXIF orientation and, for JPEG, how it is coded. Reads only lengths and
/// small fields and inflates nothing, so hostile metadata costs nothing. Damage here is not judged; the decoder does
/// that.
///
/// @param jpegComponents 0 when the image is no JPEG or has no frame header
/// @param ycck a four-component JPEG stores YCCK rather than CMYK (Adobe marker, transform 2)
/// @param cutOff a WebP's container says that it is longer than it is; its decoder would not notice
record ImageHeader(Orientation orientation, int jpegComponents, boolean progressive, boolean ycck, boolean cutOff) {
    private static final int TAG_ORIENTATION = 0x0112;
    private static final int ENTRY_BYTES = 12;
    private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);

    static ImageHeader read(byte[] bytes, ImageFormat format) {
        return switch (format) {
            case JPEG -> jpeg(bytes);
            case PNG -> chunks(bytes, 8, ByteOrder.BIG_ENDIAN, "eXIf", "IDAT");
            case WEBP -> chunks(bytes, 12, ByteOrder.LITTLE_ENDIAN, "EXIF", "");
        };
    }

    private static ImageHeader jpeg(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        Orientation orientation = Orientation.UPRIGHT;
        boolean ycck = false;
        int position = 2;
        while (position + 4 <= bytes.length && (bytes[position] & 0xff) == 0xff) {
            int marker = bytes[position + 1] & 0xff;
            if (marker == 0xff) {
                position++;
                continue;
            }
            int length = in.getShort(position + 2) & 0xffff;
            int data = position + 4;
            int size = Math.min(length - 2, bytes.length - data);
            if (isFrame(marker) && size >= 6) {
                return new ImageHeader(orientation, bytes[data + 5] & 0xff, marker % 4 == 2, ycck, false);
            }
            if (marker == 0xe1 && size > EXIF.length && matches(bytes, data, EXIF)) {
                orientation = tiffOrientation(bytes, data + EXIF.length, size - EXIF.length);
            } else if (marker == 0xee && size >= 12) {
                ycck = bytes[data + 11] == 2;
            } else if (marker == 0xda || marker == 0xd9) {
                break;
            }
            position = data + Math.max(0, length - 2);
        }
        return new ImageHeader(orientation, 0, false, ycck, false);
    }

    private static boolean isFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    private static ImageHeader chunks(byte[] bytes, int start, ByteOrder order, String wanted, String last) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(order);
        boolean lengthFirst = order == ByteOrder.BIG_ENDIAN;
        boolean cutOff = !lengthFirst && (in.getInt(4) & 0xffffffffL) > bytes.length - 8L;
        long position = start;
        while (position + 8 <= bytes.length) {
            int at = (int) position;
            String type = new String(bytes, lengthFirst ? at + 4 : at, 4, StandardCharsets.ISO_8859_1);
            long length = in.getInt(lengthFirst ? at : at + 4) & 0xffffffffL;
            if (type.equals(wanted)) {
                int skip = matches(bytes, at + 8, EXIF) ? EXIF.length : 0;
                int size = (int) Math.min(length, bytes.length - at - 8L) - skip;
                return new ImageHeader(tiffOrientation(bytes, at + 8 + skip, size), 0, false, false, cutOff);
            }
            if (type.equals(last)) {
                break;
            }
            position += lengthFirst ? 12 + length : 8 + length + (length & 1);
        }
        return new ImageHeader(Orientation.UPRIGHT, 0, false, false, cutOff);
    }

    private static Orientation tiffOrientation(byte[] bytes, int offset, int size) {
        if (size < 8) {
            return Orientation.UPRIGHT;
        }
        ByteBuffer tiff = ByteBuffer.wrap(bytes, offset, size).slice();
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        long directory = tiff.getInt(4) & 0xffffffffL;
        if (directory > size - 2L) {
            return Orientation.UPRIGHT;
        }
        int entries = tiff.getShort((int) directory) & 0xffff;
        int fitting = (int) Math.min(entries, (size - directory - 2) / ENTRY_BYTES);
        for (int i = 0; i < fitting; i++) {
            int entry = (int) directory + 2 + ENTRY_BYTES * i;
            if ((tiff.getShort(entry) & 0xffff) == TAG_ORIENTATION) {
                return Orientation.ofExif(tiff.getShort(entry + 8) & 0xffff);
            }
        }
        return Orientation.UPRIGHT;
    }

    private static boolean matches(byte[] bytes, int offset, byte[] expected) {
        for (int i = 0; i < expected.length; i++) {
            if (offset + i >= bytes.length || bytes[offset + i] != expected[i]) {
                return false;
            }
        }
        return true;
    }
}
