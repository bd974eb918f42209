package dev.enclaveconsole.sandbox.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.enclaveconsole.protocol.api.Json;
import dev.enclaveconsole.protocol.eif.EifMeasurer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoImageTest {

    @TempDir
    Path folder;

    @Test
    void sameInputGivesTheSameFile() throws Exception {
        Path first = write("first", "hello");
        Path second = write("second", "hello");
        assertThat(first).hasSameBinaryContentAs(second);
        assertThat(pcrs("first")).isEqualTo(pcrs("second"));
    }

    @Test
    void publishesWhatTheFileMeasures() throws Exception {
        Path eif = write("one", "hello");
        EifMeasurer.measure(eif)
                .pcrs()
                .forEach((index, value) -> assertThat(
                                pcrs("one").get(Integer.toString(index)).asText())
                        .isEqualTo(value));
    }

    @Test
    void otherContentIsSeenInPcr0AndPcr2Only() throws Exception {
        write("one", "hello");
        write("two", "hullo");
        assertThat(pcrs("one").get("0")).isNotEqualTo(pcrs("two").get("0"));
        assertThat(pcrs("one").get("1")).isEqualTo(pcrs("two").get("1"));
        assertThat(pcrs("one").get("2")).isNotEqualTo(pcrs("two").get("2"));
    }

    private Path write(String name, String content) throws IOException {
        Path rootfs = Files.createDirectories(folder.resolve(name).resolve("rootfs/opt/enclave"));
        Files.writeString(rootfs.resolve("file"), content);
        Path image = Files.createDirectories(folder.resolve(name).resolve("image"));
        Files.write(image.resolve("cmd"), List.of("/opt/enclave/file"));
        Files.write(image.resolve("env"), List.of());
        Path eif = folder.resolve(name + ".eif");
        DemoImage.write(folder.resolve(name).resolve("rootfs"), image, eif, folder.resolve(name + ".json"));
        return eif;
    }

    private JsonNode pcrs(String name) {
        try {
            return Json.mapper()
                    .readTree(folder.resolve(name + ".json").toFile())
                    .get("pcrs");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
