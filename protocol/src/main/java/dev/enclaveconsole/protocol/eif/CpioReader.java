package dev.enclaveconsole.protocol.eif;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Reads a newc cpio archive entry by entry, in bounded memory. Refuses, by [MalformedImageException]: names that are
/// absolute or lead upwards, devices and other special files, hard links, more than the limits allow, and anything but
/// zeros behind the trailer (Linux would unpack a second archive there).
public final class CpioReader {
    private static final String RAMDISK = "ramdisk";
    private static final int FIELD_DIGITS = 8;
    private static final int MODE = 1;
    private static final int LINKS = 4;
    private static final int SIZE = 6;
    private static final int NAME_SIZE = 11;
    private static final int TYPE_MASK = 0170000;
    private static final int BUFFER_BYTES = 64 * 1024;

    private final InputStream in;
    private final CpioLimits limits;
    private long position;
    private long contentLeft;
    private long entries;
    private long totalBytes;
    private boolean ended;

    /// @param in not closed by this reader
    public CpioReader(InputStream in, CpioLimits limits) {
        this.in = in;
        this.limits = limits;
    }

    /// The next entry, empty at the end; what is left of the previous one's content is skipped. Names lose a leading
    /// `./`, and the entry `.` itself is passed over.
    public Optional<CpioEntry> next() throws IOException {
        while (!ended) {
            content().transferTo(OutputStream.nullOutputStream());
            align();
            byte[] header = readFully(CpioWriter.HEADER_BYTES);
            if (!new String(header, 0, CpioWriter.MAGIC.length(), StandardCharsets.US_ASCII).equals(CpioWriter.MAGIC)) {
                throw new MalformedImageException(RAMDISK, "there is no cpio entry before byte %d".formatted(position));
            }
            String name = name(field(header, NAME_SIZE));
            align();
            if (name.equals(CpioWriter.TRAILER)) {
                end();
            } else if (!name.equals(".")) {
                return Optional.of(entry(name.startsWith("./") ? name.substring(2) : name, header));
            }
        }
        return Optional.empty();
    }

    /// Content of the entry that [#next] returned last.
    public InputStream content() {
        return new Content();
    }

    private CpioEntry entry(String name, byte[] header) throws IOException {
        CpioEntry.requireSafe(name);
        int mode = (int) field(header, MODE);
        long size = field(header, SIZE);
        int permissions = mode & CpioWriter.PERMISSION_BITS;
        if (++entries > limits.entries()) {
            throw new MalformedImageException(name, "the ramdisk has more than %d entries".formatted(limits.entries()));
        }
        return switch (mode & TYPE_MASK) {
            case CpioWriter.TYPE_DIRECTORY -> {
                if (size != 0) {
                    throw new MalformedImageException(name, "a directory has content");
                }
                yield new CpioEntry(name, CpioEntry.Type.DIRECTORY, permissions, 0, "");
            }
            case CpioWriter.TYPE_SYMLINK -> {
                if (size == 0 || size > CpioEntry.MAX_NAME_BYTES) {
                    throw new MalformedImageException(name, "a link has a target of %d bytes".formatted(size));
                }
                String target = new String(readFully((int) size), StandardCharsets.UTF_8);
                yield new CpioEntry(name, CpioEntry.Type.SYMLINK, permissions, 0, target);
            }
            case CpioWriter.TYPE_FILE -> file(name, permissions, size, field(header, LINKS));
            default -> throw new MalformedImageException(name, "it is neither file, directory nor link");
        };
    }

    private CpioEntry file(String name, int permissions, long size, long links) throws MalformedImageException {
        if (links > 1) {
            throw new MalformedImageException(name, "hard links are not supported");
        }
        totalBytes += size;
        if (totalBytes > limits.totalBytes()) {
            throw new MalformedImageException(
                    name, "the ramdisk holds more than %d bytes".formatted(limits.totalBytes()));
        }
        contentLeft = size;
        return new CpioEntry(name, CpioEntry.Type.FILE, permissions, size, "");
    }

    private String name(long size) throws IOException {
        if (size < 2 || size > CpioEntry.MAX_NAME_BYTES) {
            throw new MalformedImageException(RAMDISK, "an entry's name has %d bytes".formatted(size));
        }
        byte[] bytes = readFully((int) size);
        if (bytes[bytes.length - 1] != 0) {
            throw new MalformedImageException(RAMDISK, "an entry's name has no end");
        }
        return new String(bytes, 0, bytes.length - 1, StandardCharsets.UTF_8);
    }

    private void end() throws IOException {
        ended = true;
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            for (int i = 0; i < n; i++) {
                if (buffer[i] != 0) {
                    throw new MalformedImageException(RAMDISK, "further data follow after the end of the archive");
                }
            }
        }
    }

    private static long field(byte[] header, int index) throws MalformedImageException {
        int start = CpioWriter.MAGIC.length() + index * FIELD_DIGITS;
        long value = 0;
        for (int i = start; i < start + FIELD_DIGITS; i++) {
            int digit = Character.digit(header[i], 16);
            if (digit < 0) {
                throw new MalformedImageException(RAMDISK, "an entry's header is not hexadecimal");
            }
            value = value << 4 | digit;
        }
        return value;
    }

    private void align() throws IOException {
        int over = (int) (position % CpioWriter.ALIGNMENT);
        if (over != 0) {
            readFully(CpioWriter.ALIGNMENT - over);
        }
    }

    private byte[] readFully(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        position += bytes.length;
        if (bytes.length < count) {
            throw new EOFException("The ramdisk is truncated: it ends after %d bytes.".formatted(position));
        }
        return bytes;
    }

    private final class Content extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (contentLeft == 0) {
                return -1;
            }
            int n = in.read(into, offset, (int) Math.min(length, contentLeft));
            if (n < 0) {
                throw new EOFException("The ramdisk is truncated: it ends after %d bytes.".formatted(position));
            }
            position += n;
            contentLeft -= n;
            return n;
        }
    }
}
