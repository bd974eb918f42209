package dev.enclaveconsole.protocol.eif;

import dev.enclaveconsole.protocol.api.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/// Writes enclave images, version 4, unsigned, in the section order of AWS's builder: kernel, command line, metadata,
/// ramdisks. The same parts give the same bytes. Streams, and measures on the way.
public final class EifWriter {

    private record Part(EifSectionType type, EifSource source, long size) {}

    /// Replaces `target` only once the whole image is written.
    ///
    /// @return the PCRs with which the image will run
    public static Measurements write(EifImage image, Path target) throws IOException {
        List<Part> parts = parts(image);
        Path folder = Optional.ofNullable(target.toAbsolutePath().getParent()).orElseThrow();
        Path partial = Files.createTempFile(folder, target.getFileName() + ".", ".part");
        try {
            Measurements measurements;
            try (var channel = FileChannel.open(partial, StandardOpenOption.WRITE)) {
                measurements = write(image.architecture(), parts, channel);
            }
            Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            return measurements;
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private static List<Part> parts(EifImage image) throws IOException {
        List<Part> parts = new ArrayList<>();
        parts.add(part(EifSectionType.KERNEL, image.kernel()));
        parts.add(part(EifSectionType.CMDLINE, EifSource.of(image.cmdline().getBytes(StandardCharsets.US_ASCII))));
        parts.add(part(EifSectionType.METADATA, EifSource.of(Json.mapper().writeValueAsBytes(image.metadata()))));
        for (EifSource ramdisk : image.ramdisks()) {
            parts.add(part(EifSectionType.RAMDISK, ramdisk));
        }
        return parts;
    }

    private static Part part(EifSectionType type, EifSource source) throws IOException {
        if (source.size() > type.maxBytes()) {
            throw new IllegalArgumentException("The %s has more than %d bytes.".formatted(type, type.maxBytes()));
        }
        return new Part(type, source, source.size());
    }

    private static Measurements write(EifArchitecture architecture, List<Part> parts, FileChannel out)
            throws IOException {
        ByteBuffer header = header(architecture, parts);
        var crc = new CRC32();
        crc.update(header.slice(0, EifFormat.CRC_OFFSET));
        writeFully(out, header);
        var digests = new ImageDigests();
        for (Part part : parts) {
            ByteBuffer sectionHeader = sectionHeader(part);
            crc.update(sectionHeader.slice());
            writeFully(out, sectionHeader);
            ImageDigests.Sink sink = (buffer, length) -> {
                crc.update(buffer, 0, length);
                writeFully(out, ByteBuffer.wrap(buffer, 0, length));
            };
            long written = copy(part, digests, sink);
            if (written != part.size()) {
                throw new IOException("The %s changed while it was read.".formatted(part.type()));
            }
        }
        out.write(
                ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).flip(), EifFormat.CRC_OFFSET);
        return digests.result(Optional.empty());
    }

    private static long copy(Part part, ImageDigests digests, ImageDigests.Sink sink) throws IOException {
        try (InputStream data = part.source().open()) {
            if (part.type() != EifSectionType.METADATA) {
                return digests.add(part.type(), data, sink);
            }
            byte[] bytes = data.readAllBytes();
            sink.accept(bytes, bytes.length);
            return bytes.length;
        }
    }

    private static ByteBuffer header(EifArchitecture architecture, List<Part> parts) {
        ByteBuffer header = ByteBuffer.allocate(EifFormat.HEADER_BYTES);
        header.putInt(EifFormat.MAGIC)
                .putShort((short) EifFormat.VERSION)
                .putShort((short) architecture.flag())
                .putLong(EifFormat.DEFAULT_MEMORY_BYTES)
                .putLong(EifFormat.DEFAULT_CPUS)
                .putShort((short) 0)
                .putShort((short) parts.size());
        int offsets = header.position();
        int sizes = offsets + EifFormat.MAX_SECTIONS * Long.BYTES;
        long offset = EifFormat.HEADER_BYTES;
        for (int i = 0; i < parts.size(); i++) {
            header.putLong(offsets + i * Long.BYTES, offset);
            header.putLong(sizes + i * Long.BYTES, parts.get(i).size());
            offset += EifFormat.SECTION_HEADER_BYTES + parts.get(i).size();
        }
        return header.clear();
    }

    private static ByteBuffer sectionHeader(Part part) {
        return ByteBuffer.allocate(EifFormat.SECTION_HEADER_BYTES)
                .putShort((short) part.type().number())
                .putShort((short) 0)
                .putLong(part.size())
                .flip();
    }

    private static void writeFully(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    private EifWriter() {}
}
