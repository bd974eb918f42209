package dev.enclaveconsole.core.predict;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// Reads a tar archive (POSIX ustar with pax headers, GNU long names) from a stream, entry by entry.
final class TarReader {
    private static final int BLOCK = 512;
    private static final int LONGEST_NAME = 64 * 1024;

    private final InputStream in;
    private long left;
    private long padding;

    TarReader(InputStream in) {
        this.in = in;
    }

    /// @param isFile false for folders, links and devices
    record Entry(String name, boolean isFile) {}

    /// The next entry; its content is [#read] afterwards.
    ///
    /// @throws IOException if this is no tar archive or a truncated one
    Optional<Entry> next() throws IOException {
        String longName = "";
        while (true) {
            in.skipNBytes(left + padding);
            byte[] header = in.readNBytes(BLOCK);
            if (header.length == 0 || isZero(header)) {
                return Optional.empty();
            }
            check(header);
            left = number(header, 124, 12);
            padding = (BLOCK - left % BLOCK) % BLOCK;
            switch (header[156]) {
                case 'L' -> longName = text(content(), 0, LONGEST_NAME);
                case 'x' -> longName = paxPath(content(), longName);
                case 'g', 'K' -> {}
                case '0', 0, '7' -> {
                    return Optional.of(new Entry(longName.isEmpty() ? name(header) : longName, true));
                }
                default -> {
                    return Optional.of(new Entry(longName.isEmpty() ? name(header) : longName, false));
                }
            }
        }
    }

    /// Of the current entry's content; -1 at its end.
    int read(byte[] buffer) throws IOException {
        if (left == 0) {
            return -1;
        }
        int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (n < 0) {
            throw new IOException("The archive is truncated.");
        }
        left -= n;
        return n;
    }

    private byte[] content() throws IOException {
        if (left > LONGEST_NAME) {
            throw new IOException("The archive has an entry with an endless name.");
        }
        byte[] bytes = in.readNBytes((int) left);
        left -= bytes.length;
        return bytes;
    }

    /// Records are `LENGTH KEY=VALUE\n`, LENGTH counting all of it in bytes.
    private static String paxPath(byte[] records, String otherwise) throws IOException {
        String path = otherwise;
        int start = 0;
        while (start < records.length) {
            int space = start;
            while (space < records.length && records[space] != ' ') {
                space++;
            }
            int length = decimal(new String(records, start, space - start, StandardCharsets.US_ASCII));
            if (length <= space - start + 1 || start + length > records.length) {
                throw new IOException("The archive has a broken header.");
            }
            String pair = new String(records, space + 1, start + length - space - 2, StandardCharsets.UTF_8);
            if (pair.startsWith("path=")) {
                path = pair.substring("path=".length());
            } else if (pair.startsWith("size=")) {
                throw new IOException("The archive has an entry of more than 8 GiB.");
            }
            start += length;
        }
        return path;
    }

    private static int decimal(String digits) throws IOException {
        if (!digits.matches("[0-9]{1,6}")) {
            throw new IOException("The archive has a broken header.");
        }
        return Integer.parseInt(digits);
    }

    /// GNU's own format has times where ustar has the name's prefix.
    private static String name(byte[] header) {
        String name = text(header, 0, 100);
        boolean ustar = text(header, 257, 8).equals("ustar") && header[262] == 0;
        String prefix = ustar ? text(header, 345, 155) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private static void check(byte[] header) throws IOException {
        if (header.length < BLOCK) {
            throw new IOException("The archive is truncated.");
        }
        byte[] blanked = header.clone();
        Arrays.fill(blanked, 148, 156, (byte) ' ');
        long sum = 0;
        for (byte b : blanked) {
            sum += b & 0xff;
        }
        if (sum != number(header, 148, 8)) {
            throw new IOException("It is no tar archive, or a damaged one.");
        }
    }

    private static long number(byte[] header, int start, int length) throws IOException {
        String octal = text(header, start, length).strip();
        if (!octal.matches("[0-7]{0,12}")) {
            throw new IOException("It is no tar archive, or a damaged one.");
        }
        return octal.isEmpty() ? 0 : Long.parseLong(octal, 8);
    }

    private static String text(byte[] bytes, int start, int longest) {
        int end = start;
        while (end < Math.min(bytes.length, start + longest) && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }

    private static boolean isZero(byte[] block) {
        for (byte b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }
}
