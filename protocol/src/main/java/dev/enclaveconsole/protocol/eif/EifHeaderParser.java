package dev.enclaveconsole.protocol.eif;

import static dev.enclaveconsole.protocol.eif.EifFormat.HEADER_BYTES;
import static dev.enclaveconsole.protocol.eif.EifFormat.MAX_SECTIONS;
import static dev.enclaveconsole.protocol.eif.EifFormat.SECTION_HEADER_BYTES;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Reads header and section headers; trusts nothing in them.
final class EifHeaderParser {

    /// Bytes at a position of the file, exactly as many as asked for.
    interface Source {
        long length() throws IOException;

        ByteBuffer read(long position, int count) throws IOException;
    }

    static EifHeader parse(Source file) throws IOException {
        if (file.length() < HEADER_BYTES) {
            throw new MalformedImageException(
                    "header", "the file has %d bytes, fewer than an EIF's header".formatted(file.length()));
        }
        ByteBuffer in = file.read(0, HEADER_BYTES);
        if (in.getInt() != EifFormat.MAGIC) {
            throw new MalformedImageException("magic", "the file is no enclave image (EIF)");
        }
        int version = unsigned(in.getShort());
        if (version < EifFormat.MIN_VERSION || version > EifFormat.VERSION) {
            throw new MalformedImageException("version", "%d is not supported".formatted(version));
        }
        var architecture = EifArchitecture.of(in.getShort());
        long memory = in.getLong();
        long cpus = in.getLong();
        in.getShort();
        int count = unsigned(in.getShort());
        if (count < EifFormat.MIN_SECTIONS || count > MAX_SECTIONS) {
            throw new MalformedImageException(
                    "num_sections", "%d is not within %d to %d".formatted(count, EifFormat.MIN_SECTIONS, MAX_SECTIONS));
        }
        long[] offsets = longs(in);
        long[] sizes = longs(in);
        in.getInt();
        long crc = Integer.toUnsignedLong(in.getInt());
        List<EifSection> sections = new ArrayList<>();
        long end = HEADER_BYTES;
        for (int i = 0; i < count; i++) {
            EifSection section = section(file, i, offsets[i], sizes[i], end);
            sections.add(section);
            end = section.offset() + section.size();
        }
        requireOrder(version, sections);
        return new EifHeader(version, architecture, memory, cpus, sections, crc);
    }

    private static EifSection section(Source file, int index, long offset, long size, long previousEnd)
            throws IOException {
        String offsetField = "section_offsets[%d]".formatted(index);
        String sizeField = "section_sizes[%d]".formatted(index);
        if (offset < 0 || offset > file.length() - SECTION_HEADER_BYTES) {
            throw new MalformedImageException(
                    offsetField, "%s is beyond the end of the file".formatted(Long.toUnsignedString(offset)));
        }
        if (offset < previousEnd) {
            throw new MalformedImageException(offsetField, "the section overlaps the one before it");
        }
        if (size < 0 || size > file.length() - SECTION_HEADER_BYTES - offset) {
            throw new MalformedImageException(
                    sizeField, "%s is more than the file holds".formatted(Long.toUnsignedString(size)));
        }
        ByteBuffer in = file.read(offset, SECTION_HEADER_BYTES);
        int number = unsigned(in.getShort());
        EifSectionType type = EifSectionType.of(number)
                .orElseThrow(() -> new MalformedImageException(
                        "section %d type".formatted(index), "%d is unknown".formatted(number)));
        in.getShort();
        if (in.getLong() != size) {
            throw new MalformedImageException(sizeField, "the section's own header states another size");
        }
        if (size > type.maxBytes()) {
            throw new MalformedImageException(
                    sizeField, "a %s of %d bytes is too large (%d)".formatted(type, size, type.maxBytes()));
        }
        return new EifSection(type, offset + SECTION_HEADER_BYTES, size);
    }

    /// Measuring goes by file order, so an order that other tools read differently is refused.
    private static void requireOrder(int version, List<EifSection> sections) throws MalformedImageException {
        List<EifSectionType> measured = sections.stream()
                .map(EifSection::type)
                .filter(t -> t != EifSectionType.METADATA && t != EifSectionType.SIGNATURE)
                .toList();
        boolean inOrder = measured.size() >= 3
                && measured.get(0) == EifSectionType.KERNEL
                && measured.get(1) == EifSectionType.CMDLINE
                && measured.stream().skip(2).allMatch(t -> t == EifSectionType.RAMDISK);
        if (!inOrder) {
            throw new MalformedImageException(
                    "sections", "they are not one kernel, one command line and at least one ramdisk, in this order");
        }
        long metadata = count(sections, EifSectionType.METADATA);
        if (metadata > 1 || (metadata == 0 && version >= EifFormat.VERSION_WITH_METADATA)) {
            throw new MalformedImageException("sections", "there are %d metadata sections".formatted(metadata));
        }
        if (count(sections, EifSectionType.SIGNATURE) > 1) {
            throw new MalformedImageException("sections", "there is more than one signature");
        }
    }

    private static long count(List<EifSection> sections, EifSectionType type) {
        return sections.stream().filter(s -> s.type() == type).count();
    }

    private static long[] longs(ByteBuffer in) {
        long[] values = new long[MAX_SECTIONS];
        for (int i = 0; i < MAX_SECTIONS; i++) {
            values[i] = in.getLong();
        }
        return values;
    }

    private static int unsigned(short value) {
        return Short.toUnsignedInt(value);
    }

    private EifHeaderParser() {}
}
