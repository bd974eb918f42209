package dev.enclaveconsole.protocol.eif;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Writes a newc cpio archive, the format of Linux ramdisks, uncompressed. Owner and times are fixed (0), so
/// that the same tree gives the same bytes and thereby the same measurements. Streams.
public final class CpioWriter implements Closeable {
    static final int TYPE_DIRECTORY = 0040000;
    static final int TYPE_FILE = 0100000;
    static final int TYPE_SYMLINK = 0120000;
    static final int PERMISSION_BITS = 0777;
    static final String MAGIC = "070701";
    static final String TRAILER = "TRAILER!!!";
    static final int HEADER_BYTES = 110;
    static final int ALIGNMENT = 4;

    private static final int BLOCK_BYTES = 512;
    private static final long MAX_FILE_BYTES = 0xffff_ffffL;
    private static final int EXECUTABLE = 0755;
    private static final int PLAIN = 0644;

    private final OutputStream out;
    private long written;
    private int inode;

    /// @param out closed with this writer
    public CpioWriter(OutputStream out) {
        this.out = out;
    }

    public void directory(String name, int permissions) throws IOException {
        CpioEntry.requireSafe(name);
        header(name, TYPE_DIRECTORY | (permissions & PERMISSION_BITS), 2, 0);
    }

    public void file(String name, int permissions, byte[] content) throws IOException {
        file(name, permissions, content.length, new ByteArrayInputStream(content));
    }

    /// @param content exactly `size` bytes; not closed
    public void file(String name, int permissions, long size, InputStream content) throws IOException {
        CpioEntry.requireSafe(name);
        if (size > MAX_FILE_BYTES) {
            throw new IOException("%s has 4 GiB or more, which a ramdisk cannot hold.".formatted(name));
        }
        header(name, TYPE_FILE | (permissions & PERMISSION_BITS), 1, size);
        long copied = content.transferTo(out);
        if (copied != size) {
            throw new IOException("%s changed while it was read.".formatted(name));
        }
        written += copied;
        pad(ALIGNMENT);
    }

    public void symlink(String name, String target) throws IOException {
        CpioEntry.requireSafe(name);
        byte[] bytes = target.getBytes(StandardCharsets.UTF_8);
        header(name, TYPE_SYMLINK | PERMISSION_BITS, 1, bytes.length);
        write(bytes);
        pad(ALIGNMENT);
    }

    /// A folder with everything in it, in the order of the entries' names. Directories and executable files get 0755,
    /// other files 0644; symbolic links stay what they are.
    ///
    /// @param name of the folder in the archive
    public void tree(String name, Path folder) throws IOException {
        directory(name, EXECUTABLE);
        List<Path> children;
        try (Stream<Path> list = Files.list(folder)) {
            children = list.sorted(Comparator.comparing(CpioWriter::fileName)).toList();
        }
        for (Path child : children) {
            String childName = name + "/" + fileName(child);
            if (Files.isSymbolicLink(child)) {
                symlink(childName, Files.readSymbolicLink(child).toString().replace('\\', '/'));
            } else if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
                tree(childName, child);
            } else if (Files.isRegularFile(child, LinkOption.NOFOLLOW_LINKS)) {
                try (InputStream content = Files.newInputStream(child)) {
                    file(childName, Files.isExecutable(child) ? EXECUTABLE : PLAIN, Files.size(child), content);
                }
            } else {
                throw new IOException("%s is neither file, folder nor link.".formatted(child));
            }
        }
    }

    /// Writes the trailer and closes the stream beneath.
    @Override
    public void close() throws IOException {
        try (out) {
            inode = -1;
            header(TRAILER, 0, 1, 0);
            pad(BLOCK_BYTES);
        }
    }

    private static String fileName(Path path) {
        return String.valueOf(path.getFileName());
    }

    private void header(String name, int mode, int links, long size) throws IOException {
        byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
        inode++;
        String fields = "%s%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x"
                .formatted(MAGIC, inode, mode, 0, 0, links, 0, size, 0, 0, 0, 0, nameBytes.length + 1, 0);
        write(fields.getBytes(StandardCharsets.US_ASCII));
        write(nameBytes);
        write(new byte[1]);
        pad(ALIGNMENT);
    }

    private void pad(int alignment) throws IOException {
        int over = (int) (written % alignment);
        if (over != 0) {
            write(new byte[alignment - over]);
        }
    }

    private void write(byte[] bytes) throws IOException {
        out.write(bytes);
        written += bytes.length;
    }
}
