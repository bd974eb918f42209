package dev.enclaveconsole.sandbox.image;

import com.fasterxml.jackson.databind.ObjectWriter;
import dev.enclaveconsole.protocol.api.Json;
import dev.enclaveconsole.protocol.eif.CpioExtractor;
import dev.enclaveconsole.protocol.eif.CpioLimits;
import dev.enclaveconsole.protocol.eif.EifMetadata;
import dev.enclaveconsole.protocol.eif.EifReader;
import dev.enclaveconsole.protocol.eif.EifSectionType;
import dev.enclaveconsole.protocol.eif.Measurements;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Writes the demo image and the PCRs that a user of it expects. Run by the build:
/// `DemoImage <rootfs folder> <folder with cmd and env> <out.eif> <out.json>`.
///
/// The JSON is `{"image":"demo","pcrs":{"0":"…","1":"…","2":"…"}}`. The same input gives the same files.
public final class DemoImage {

    private static final String NAME = "demo";

    private DemoImage() {}

    @SuppressWarnings("SystemOut") // the main of a process
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 4) {
            System.err.println("usage: DemoImage ROOTFS IMAGE-FOLDER OUT.eif OUT.json");
            System.exit(2);
        }
        write(Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]), Path.of(arguments[3]));
    }

    static void write(Path rootfs, Path image, Path eif, Path pcrs) throws IOException {
        Measurements measurements =
                new StandInImage(rootfs, image.resolve("cmd"), image.resolve("env")).write(NAME, "0.1.0", eif);
        Files.setPosixFilePermissions(eif, PosixFilePermissions.fromString("rw-r--r--"));
        Map<String, String> byIndex = new TreeMap<>();
        measurements.pcrs().forEach((index, value) -> byIndex.put(Integer.toString(index), value));
        ObjectWriter json = Json.mapper().writerWithDefaultPrettyPrinter();
        Path half = pcrs.resolveSibling(pcrs.getFileName() + ".tmp");
        Files.write(half, json.writeValueAsBytes(new Published(NAME, byIndex)));
        Files.move(half, pcrs, StandardCopyOption.REPLACE_EXISTING);
    }

    /// Takes the demo image apart and writes it anew under other metadata; what is measured stays the same.
    public static Measurements rebuild(Path demo, EifMetadata metadata, Path eif) throws IOException {
        Path parts = Files.createTempDirectory(eif.toAbsolutePath().getParent(), ".build");
        try (EifReader reader = EifReader.open(demo)) {
            try (InputStream application = new BufferedInputStream(
                    reader.open(reader.header().sections(EifSectionType.RAMDISK).getLast()), 1 << 20)) {
                CpioExtractor.extract(application, parts, CpioLimits.DEFAULT);
            }
            return new StandInImage(parts.resolve("rootfs"), parts.resolve("cmd"), parts.resolve("env"))
                    .write(metadata, eif);
        } finally {
            remove(parts);
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    record Published(String image, Map<String, String> pcrs) {}
}
