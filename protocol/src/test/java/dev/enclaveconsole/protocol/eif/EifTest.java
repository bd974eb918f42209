package dev.enclaveconsole.protocol.eif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EifTest {
    private static final byte[] KERNEL = bytes("kernel", 100_001);
    private static final byte[] BOOT = bytes("boot", 70_000);
    private static final byte[] APPLICATION = bytes("application", 200_003);
    private static final byte[] MORE = bytes("more", 5);
    private static final String CMDLINE = "reboot=k panic=30 console=ttyS0";
    private static final EifMetadata METADATA =
            EifMetadata.of("demo", "1", new EifMetadata.Build("2026-01-01T00:00:00Z", "test", "1", "Linux", "none"));

    @TempDir
    private Path folder = Path.of("");

    private Path file = Path.of("");
    private Measurements measured = new Measurements(Map.of());

    @BeforeEach
    void writeImage() throws IOException {
        file = folder.resolve("image.eif");
        Path application = Files.write(folder.resolve("application.cpio"), APPLICATION);
        measured = EifWriter.write(
                new EifImage(
                        EifArchitecture.X86_64,
                        EifSource.of(KERNEL),
                        CMDLINE,
                        METADATA,
                        List.of(EifSource.of(BOOT), EifSource.of(application), EifSource.of(MORE))),
                file);
    }

    @Test
    void measurementsAreThoseOfAnIndependentComputation() throws IOException {
        byte[] cmdline = CMDLINE.getBytes(StandardCharsets.US_ASCII);

        assertThat(EifMeasurer.measure(file).pcrs())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        0, pcr(KERNEL, cmdline, BOOT, APPLICATION, MORE),
                        1, pcr(KERNEL, cmdline, BOOT),
                        2, pcr(APPLICATION, MORE)));
        assertThat(measured).isEqualTo(EifMeasurer.measure(file));
    }

    @Test
    void readsWhatWasWritten() throws IOException {
        try (var reader = EifReader.open(file)) {
            EifHeader header = reader.header();

            assertThat(header.version()).isEqualTo(4);
            assertThat(header.sections())
                    .extracting(EifSection::type)
                    .containsExactly(
                            EifSectionType.KERNEL,
                            EifSectionType.CMDLINE,
                            EifSectionType.METADATA,
                            EifSectionType.RAMDISK,
                            EifSectionType.RAMDISK,
                            EifSectionType.RAMDISK);
            assertThat(reader.cmdline()).isEqualTo(CMDLINE);
            assertThat(reader.metadata()).contains(METADATA);
            assertThat(reader.signature()).isEmpty();
            assertThat(reader.crcMatches()).isTrue();
            EifSection application = header.sections(EifSectionType.RAMDISK).get(1);
            assertThat(reader.open(application).readAllBytes()).isEqualTo(APPLICATION);
        }
    }

    @Test
    void crcCoversTheFileButItself() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        var crc = new CRC32();
        crc.update(bytes, 0, 0x220);
        crc.update(bytes, 0x224, bytes.length - 0x224);

        assertThat(Integer.toUnsignedLong(ByteBuffer.wrap(bytes).getInt(0x220))).isEqualTo(crc.getValue());
        assertThat(Arrays.copyOf(bytes, 4)).isEqualTo(".eif".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void samePartsGiveSameBytes() throws IOException {
        byte[] first = Files.readAllBytes(file);
        writeImage();

        assertThat(Files.readAllBytes(file)).isEqualTo(first);
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("application.cpio", "image.eif");
    }

    @Test
    void corruptContentIsNoticedByCrcAndMeasurement() throws IOException {
        alter(bytes -> bytes.put(700, (byte) ~bytes.get(700)));

        try (var reader = EifReader.open(file)) {
            assertThat(reader.crcMatches()).isFalse();
        }
        assertThat(EifMeasurer.measure(file)).isNotEqualTo(measured);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, Long.MAX_VALUE, 1L << 62, 1L << 40})
    void refusesSizesAndOffsetsBeyondTheFile(long lie) throws IOException {
        alter(bytes -> bytes.putLong(0x11c, lie));
        refuses("section_sizes[0]");
        writeImage();
        alter(bytes -> bytes.putLong(0x01c + 8, lie));
        refuses("section_offsets[1]");
    }

    @Test
    void refusesOverlappingSections() throws IOException {
        alter(bytes -> bytes.putLong(0x01c + 8, bytes.getLong(0x01c)));

        refuses("section_offsets[1]");
    }

    @Test
    void refusesSectionWithinTheHeader() throws IOException {
        alter(bytes -> bytes.putLong(0x01c, 12));

        refuses("section_offsets[0]");
    }

    @Test
    void refusesSizesThatDisagree() throws IOException {
        alter(bytes -> bytes.putLong(0x11c, bytes.getLong(0x11c) - 1));

        refuses("section_sizes[0]");
    }

    @Test
    void refusesOtherMagicVersionAndCounts() throws IOException {
        alter(bytes -> bytes.put(0, (byte) 'x'));
        refuses("magic");
        writeImage();
        alter(bytes -> bytes.putShort(4, (short) 5));
        refuses("version");
        writeImage();
        alter(bytes -> bytes.putShort(0x1a, (short) 33));
        refuses("num_sections");
        writeImage();
        alter(bytes -> bytes.putShort(0x1a, (short) 2));
        refuses("sections");
    }

    @Test
    void refusesUnknownSectionAndSecondKernel() throws IOException {
        alter(bytes -> bytes.putShort(548, (short) 9));
        refuses("section 0 type");
        writeImage();
        alter(bytes -> bytes.putShort((int) bytes.getLong(0x01c + 4 * 8), (short) 1));
        refuses("sections");
    }

    @Test
    void refusesHugeCommandLine() throws IOException {
        alter(bytes -> bytes.putShort(548, (short) 2));

        refuses("section_sizes[0]");
    }

    @Test
    void refusesTruncatedFile() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 1));
        refuses("section_sizes[5]");
        Files.write(file, Arrays.copyOf(whole, 547));
        refuses("header");
        Files.write(file, new byte[0]);
        refuses("header");
    }

    @Test
    void refusesMetadataThatIsNoJson() throws IOException {
        alter(bytes -> bytes.put((int) bytes.getLong(0x01c + 2 * 8) + 12, (byte) 'x'));

        try (var reader = EifReader.open(file)) {
            assertThatThrownBy(reader::metadata)
                    .isInstanceOfSatisfying(
                            MalformedImageException.class,
                            e -> assertThat(e.field()).isEqualTo("metadata"));
        }
    }

    private void refuses(String field) {
        assertThatThrownBy(() -> EifMeasurer.measure(file))
                .isInstanceOfSatisfying(
                        MalformedImageException.class,
                        e -> assertThat(e.field()).isEqualTo(field));
    }

    private void alter(Consumer<ByteBuffer> change) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        change.accept(ByteBuffer.wrap(bytes));
        Files.write(file, bytes);
    }

    private static String pcr(byte[]... parts) {
        var data = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            data.writeBytes(part);
        }
        var register = new ByteArrayOutputStream();
        register.writeBytes(new byte[48]);
        register.writeBytes(sha384(data.toByteArray()));
        return HexFormat.of().formatHex(sha384(register.toByteArray()));
    }

    private static byte[] sha384(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-384").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String seed, int length) {
        byte[] pattern = seed.getBytes(StandardCharsets.US_ASCII);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (pattern[i % pattern.length] + i / 251);
        }
        return bytes;
    }
}
