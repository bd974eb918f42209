package dev.enclaveconsole.protocol.eif;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.enclaveconsole.protocol.api.Json;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/// An enclave image on disk. Memory stays bounded whatever the file says: kernel and ramdisks are streamed, the small
/// sections have limits. Files that break the format are refused with a [MalformedImageException] naming the field.
public final class EifReader implements Closeable {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final FileChannel channel;
    private final EifHeader header;

    private EifReader(FileChannel channel, EifHeader header) {
        this.channel = channel;
        this.header = header;
    }

    public static EifReader open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new EifReader(channel, EifHeaderParser.parse(new EifHeaderParser.Source() {
                @Override
                public long length() throws IOException {
                    return channel.size();
                }

                @Override
                public ByteBuffer read(long position, int count) throws IOException {
                    return readFully(channel, position, count);
                }
            }));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    public EifHeader header() {
        return header;
    }

    /// The section's data; valid until this reader is closed.
    public InputStream open(EifSection section) {
        return new SectionStream(channel, section.offset(), section.size());
    }

    /// The kernel's command line.
    public String cmdline() throws IOException {
        return new String(small(EifSectionType.CMDLINE).orElseThrow(), StandardCharsets.US_ASCII);
    }

    /// What the image says about itself: unmeasured, so a claim.
    public Optional<EifMetadata> metadata() throws IOException {
        Optional<byte[]> json = small(EifSectionType.METADATA);
        if (json.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(Json.mapper().readValue(json.get(), EifMetadata.class));
        } catch (JsonProcessingException e) {
            throw new MalformedImageException("metadata", e.getOriginalMessage());
        }
    }

    /// The certificate of the image's signer, if it is signed. Whether the signature is good is not looked at.
    public Optional<EifSignature> signature() throws IOException {
        Optional<byte[]> cbor = small(EifSectionType.SIGNATURE);
        return cbor.isEmpty() ? Optional.empty() : Optional.of(EifSignature.decode(cbor.get()));
    }

    /// Reads the whole file and compares its CRC-32 with the header's.
    public boolean crcMatches() throws IOException {
        var crc = new CRC32();
        crc.update(readFully(channel, 0, EifFormat.CRC_OFFSET));
        long start = EifFormat.HEADER_BYTES;
        try (var rest = new SectionStream(channel, start, channel.size() - start)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int n = rest.read(buffer); n >= 0; n = rest.read(buffer)) {
                crc.update(buffer, 0, n);
            }
        }
        return crc.getValue() == header.statedCrc();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private Optional<byte[]> small(EifSectionType type) throws IOException {
        List<EifSection> sections = header.sections(type);
        if (sections.isEmpty()) {
            return Optional.empty();
        }
        EifSection section = sections.getFirst();
        return Optional.of(readFully(channel, section.offset(), Math.toIntExact(section.size()))
                .array());
    }

    private static ByteBuffer readFully(FileChannel channel, long position, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new EOFException("The image became shorter while it was read.");
            }
        }
        return buffer.flip();
    }

    /// A stretch of the file, read by position so that several streams do not disturb each other.
    private static final class SectionStream extends InputStream {
        private final FileChannel channel;
        private long position;
        private long left;

        SectionStream(FileChannel channel, long position, long size) {
            this.channel = channel;
            this.position = position;
            this.left = size;
        }

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
            if (left == 0) {
                return -1;
            }
            int n = channel.read(ByteBuffer.wrap(into, offset, (int) Math.min(length, left)), position);
            if (n < 0) {
                throw new EOFException("The image became shorter while it was read.");
            }
            position += n;
            left -= n;
            return n;
        }
    }
}
