package dev.enclaveconsole.protocol.eif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CpioTest {
    private static final int DIRECTORY = 0040755;
    private static final int FILE = 0100644;
    private static final int SYMLINK = 0120777;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void treeComesBackWithModesLinksAndContent() throws IOException {
        Path unpacked = Files.createDirectory(folder.resolve("out"));

        CpioExtractor.extract(stream(archiveOf(tree("in"))), unpacked, CpioLimits.DEFAULT);

        Path root = unpacked.resolve("rootfs");
        assertThat(root.resolve("bin/run")).isExecutable().hasContent("#!/bin/sh\n");
        assertThat(Files.isExecutable(root.resolve("etc/config"))).isFalse();
        assertThat(root.resolve("etc/config")).hasContent("x".repeat(70_001));
        assertThat(Files.readSymbolicLink(root.resolve("link"))).hasToString("bin/run");
        assertThat(unpacked.resolve("cmd")).hasContent("/bin/run");
    }

    @Test
    void sameTreeGivesSameBytesWhateverItsTimes() throws IOException {
        byte[] first = archiveOf(tree("one"));
        Path again = tree("two");
        Files.setLastModifiedTime(again.resolve("etc/config"), FileTime.from(Instant.EPOCH));

        assertThat(archiveOf(again)).isEqualTo(first);
        assertThat(first.length % 512).isZero();
    }

    @Test
    void listsEntriesInOrder() throws IOException {
        var reader = new CpioReader(stream(archiveOf(tree("in"))), CpioLimits.DEFAULT);
        List<String> names = new ArrayList<>();
        for (Optional<CpioEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
            names.add(next.get().name());
        }

        assertThat(names)
                .containsExactly(
                        "rootfs",
                        "rootfs/bin",
                        "rootfs/bin/run",
                        "rootfs/etc",
                        "rootfs/etc/config",
                        "rootfs/link",
                        "cmd");
    }

    @Test
    void readsArchiveMadeByCpioOfACurrentDirectory() throws IOException {
        byte[] archive = archive(raw(".", DIRECTORY, 1, ""), raw("./a", DIRECTORY, 1, ""), raw("./a/b", FILE, 1, "hi"));

        CpioExtractor.extract(stream(archive), folder, CpioLimits.DEFAULT);

        assertThat(folder.resolve("a/b")).hasContent("hi");
    }

    @Test
    void refusesNamesThatLeadOut() throws IOException {
        for (String name : List.of("../up", "a/../../up", "/etc/passwd", "a//b", "a/./b", "..", "a/..")) {
            refuses(name, raw(name, FILE, 1, "x"));
        }
    }

    @Test
    void refusesToWriteThroughLink() throws IOException {
        refuses("d/x", raw("e", DIRECTORY, 1, ""), raw("d", SYMLINK, 1, "e"), raw("d/x", FILE, 1, "x"));
    }

    @Test
    void refusesLinksThatPointOut() throws IOException {
        for (String target : List.of("/etc/passwd", "..", "../x", "a/../..", "a/../b")) {
            refuses("d", raw("d", SYMLINK, 1, target));
        }
    }

    @Test
    void refusesHardLinksDevicesAndDuplicates() throws IOException {
        refuses("a", raw("a", FILE, 2, ""));
        refuses("dev", raw("dev", 0020600, 1, ""));
        refuses("b", raw("b", FILE, 1, "x"), raw("b", FILE, 1, "y"));
        refuses("c/x", raw("c", FILE, 1, "x"), raw("c/x", FILE, 1, "y"));
    }

    @Test
    void refusesMoreThanTheLimits() throws IOException {
        byte[] archive = archive(raw("a", FILE, 1, "xxx"), raw("b", FILE, 1, "yyy"));

        assertThatThrownBy(() -> CpioExtractor.extract(stream(archive), folder, new CpioLimits(9, 5)))
                .isInstanceOf(MalformedImageException.class)
                .hasMessageContaining("more than 5 bytes");
        assertThatThrownBy(() -> drain(archive, new CpioLimits(1, 100)))
                .isInstanceOf(MalformedImageException.class)
                .hasMessageContaining("more than 1 entries");
    }

    @Test
    void refusesTruncatedAndForeignBytes() throws IOException {
        byte[] archive = archive(raw("a", FILE, 1, "content"));

        assertThatThrownBy(() -> drain(Arrays.copyOf(archive, 118), CpioLimits.DEFAULT))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("truncated");
        assertThatThrownBy(() -> drain(new byte[0], CpioLimits.DEFAULT)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> drain(new byte[512], CpioLimits.DEFAULT))
                .isInstanceOf(MalformedImageException.class)
                .hasMessageContaining("no cpio entry");
    }

    @Test
    void refusesSecondArchiveBehindTheTrailer() throws IOException {
        byte[] archive = archive(raw("a", FILE, 1, "x"));
        var twice = new ByteArrayOutputStream();
        twice.write(archive);
        twice.write(archive);

        assertThatThrownBy(() -> drain(twice.toByteArray(), CpioLimits.DEFAULT))
                .isInstanceOf(MalformedImageException.class)
                .hasMessageContaining("further data");
    }

    private Path tree(String name) throws IOException {
        Path root = folder.resolve(name);
        Files.createDirectories(root.resolve("bin"));
        Files.createDirectories(root.resolve("etc"));
        Path run = Files.writeString(root.resolve("bin/run"), "#!/bin/sh\n");
        assertThat(run.toFile().setExecutable(true)).isTrue();
        Files.writeString(root.resolve("etc/config"), "x".repeat(70_001));
        Files.createSymbolicLink(root.resolve("link"), Path.of("bin/run"));
        return root;
    }

    private static byte[] archiveOf(Path tree) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var writer = new CpioWriter(out)) {
            writer.tree("rootfs", tree);
            writer.file("cmd", 0644, "/bin/run".getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    private void refuses(String entry, byte[]... entries) throws IOException {
        Path target = Files.createTempDirectory(folder, "target");
        byte[] archive = archive(entries);
        assertThatThrownBy(() -> CpioExtractor.extract(stream(archive), target, CpioLimits.DEFAULT))
                .isInstanceOfSatisfying(
                        MalformedImageException.class,
                        e -> assertThat(e.field()).isEqualTo(entry));
    }

    private static void drain(byte[] archive, CpioLimits limits) throws IOException {
        var reader = new CpioReader(stream(archive), limits);
        while (reader.next().isPresent()) {
            reader.content().readAllBytes();
        }
    }

    private static ByteArrayInputStream stream(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    private static byte[] archive(byte[]... entries) {
        var out = new ByteArrayOutputStream();
        for (byte[] entry : entries) {
            out.writeBytes(entry);
        }
        out.writeBytes(raw("TRAILER!!!", 0, 1, ""));
        return out.toByteArray();
    }

    /// One entry as another program may write it, with nothing checked.
    private static byte[] raw(String name, int mode, int links, String content) {
        String header = "070701%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x"
                .formatted(7, mode, 0, 0, links, 0, content.length(), 0, 0, 0, 0, name.length() + 1, 0);
        String padded = pad(header + name + "\0");
        return (padded + pad(content)).getBytes(StandardCharsets.US_ASCII);
    }

    private static String pad(String text) {
        return text + "\0".repeat((4 - text.length() % 4) % 4);
    }
}
