package dev.enclaveconsole.sandbox.image;

import com.fasterxml.jackson.databind.ObjectWriter;
import dev.enclaveconsole.protocol.api.Json;
import dev.enclaveconsole.protocol.eif.Measurements;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;

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
        Map<String, String> byIndex = new TreeMap<>();
        measurements.pcrs().forEach((index, value) -> byIndex.put(Integer.toString(index), value));
        ObjectWriter json = Json.mapper().writerWithDefaultPrettyPrinter();
        Path half = pcrs.resolveSibling(pcrs.getFileName() + ".tmp");
        Files.write(half, json.writeValueAsBytes(new Published(NAME, byIndex)));
        Files.move(half, pcrs, StandardCopyOption.REPLACE_EXISTING);
    }

    record Published(String image, Map<String, String> pcrs) {}
}
