package dev.enclaveconsole.core.predict;

import static dev.enclaveconsole.core.predict.ZooFixture.NONE;
import static dev.enclaveconsole.core.predict.ZooFixture.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.settings.FileDigest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.operator.OperatorCreationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelDownloadTest {
    private static byte[] onnx = new byte[0];
    private static byte[] labels = new byte[0];
    private static ZooServer server;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws IOException, GeneralSecurityException, OperatorCreationException {
        onnx = ZooFixture.demo("model.onnx");
        labels = ZooFixture.demo("labels.txt");
        server = new ZooServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void empty() {
        server.reset();
    }

    @Test
    void addsArchivesFromAnAddressAndFromTheDisk() throws ConsoleException, IOException {
        byte[] properties = "engine=OnnxRuntime\noption.resize=48,48\nrange=-1,1\ntoTensor=false\n"
                .getBytes(StandardCharsets.UTF_8);
        Map<String, byte[]> files = Map.of(
                "model.onnx", onnx, "synset.txt", labels, "serving.properties", properties, "._model.onnx", labels);
        server.serve("/models/My%20Model.zip", Archives.zip(files));
        StoredModel fetched = zoo().store().add(request(server.elsewhere() + "/models/My%20Model.zip"), NONE);
        assertThat(fetched.description().name()).isEqualTo("my-model");
        assertThat(fetched.description().input().resizeShortSide()).isEqualTo(48);
        assertThat(fetched.description().input().mean().getFirst()).isEqualTo(128 / 255.0, within());
        Path deep = folder.resolve("deep.tgz");
        String path = "a/".repeat(60);
        Files.write(deep, Archives.tarGz(Map.of(path + "model.onnx", onnx, path + "labels.txt", labels)));
        assertThat(zoo().store().add(request(deep.toString()), NONE).classes()).isEqualTo(10);
        assertThat(zoo().stored()).containsExactly("deep", "my-model");
    }

    @Test
    void refusesArchivesThatLeaveTheirFolder() throws IOException {
        for (String name : List.of("../model.onnx", "a/../../model.onnx", "/tmp/model.onnx", "..\\model.onnx")) {
            Path zip = Files.write(folder.resolve("bad.zip"), Archives.zip(Map.of(name, labels)));
            assertThat(zoo().problem(request(zip.toString())).code()).as(name).isEqualTo("model.archive-unsafe");
            Path tar = Files.write(folder.resolve("bad.tar.gz"), Archives.tarGz(Map.of(name, labels)));
            assertThat(zoo().problem(request(tar.toString())).code()).as(name).isEqualTo("model.archive-unsafe");
        }
        assertThat(zoo().stored()).isEmpty();
    }

    @Test
    void refusesArchivesThatHoldNoOrSeveralModelsOrAreNone() throws IOException {
        Path zip = folder.resolve("some.zip");
        Files.write(zip, Archives.zip(Map.of("a.onnx", labels, "b.onnx", labels, "labels.txt", labels)));
        assertThat(zoo().problem(request(zip.toString())).code()).isEqualTo("model.several-onnx");
        Files.write(zip, Archives.zip(Map.of("labels.txt", labels)));
        assertThat(zoo().problem(request(zip.toString())).code()).isEqualTo("model.no-onnx");
        Files.write(zip, Archives.zip(Map.of("a.onnx", labels)));
        assertThat(zoo().problem(request(zip.toString())).code()).isEqualTo("model.labels-missing");
        Files.write(zip, labels);
        assertThat(zoo().problem(request(zip.toString())).code()).isEqualTo("model.archive-broken");
    }

    @Test
    void boundsWhatComesInAndWhatIsUnpacked() throws IOException {
        server.serve("/m.onnx", onnx);
        ModelStore small = zoo().store(1 << 20);
        assertThat(ZooFixture.problem(small, withLabels(server.elsewhere() + "/m.onnx", Optional.empty()))
                        .code())
                .isEqualTo("model.too-large");
        Map<String, byte[]> bomb = new LinkedHashMap<>();
        bomb.put("padding.bin", new byte[40 << 20]);
        Path archive = Files.write(folder.resolve("bomb.tar.gz"), Archives.tarGz(bomb));
        assertThat(Files.size(archive)).isLessThan(1 << 20);
        assertThat(ZooFixture.problem(small, request(archive.toString())).code())
                .isEqualTo("model.too-large");
        assertThat(zoo().stored()).isEmpty();
    }

    @Test
    void followsRedirectsToHttpsOnly() throws ConsoleException, IOException {
        server.serve("/m.onnx", onnx);
        server.redirect("/there", server.site() + "/m.onnx");
        server.redirect("/down", "http://127.0.0.1:9/m.onnx");
        assertThat(zoo().store()
                        .add(withLabels(server.elsewhere() + "/there", Optional.empty()), NONE)
                        .description()
                        .name())
                .isEqualTo("there");
        Problem problem = zoo().problem(withLabels(server.elsewhere() + "/down", Optional.empty()));
        assertThat(problem.code()).isEqualTo("model.download-failed");
        assertThat(problem.why()).contains("http://127.0.0.1:9/m.onnx").contains("https");
    }

    @Test
    void holdsAnyModelToTheDigestThatTheUserGives() throws ConsoleException, IOException {
        server.serve("/m.onnx", onnx);
        String address = server.elsewhere() + "/m.onnx";
        assertThat(zoo().problem(withLabels(address, Optional.of("00".repeat(32))))
                        .code())
                .isEqualTo("model.digest-differs");
        assertThat(zoo().stored()).isEmpty();
        StoredModel model = zoo().store().add(withLabels(address, Optional.of(FileDigest.sha256(onnx))), NONE);
        assertThat(model.description().sha256()).isEqualTo(FileDigest.sha256(onnx));
    }

    private ZooFixture zoo() {
        return new ZooFixture(server, folder);
    }

    private ModelStore.AddRequest withLabels(String source, Optional<String> sha256) throws IOException {
        Path file = Files.write(folder.resolve("given.txt"), labels);
        return new ModelStore.AddRequest(source, Optional.empty(), Optional.of(file), sha256, false);
    }

    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.api.Assertions.within(1e-5);
    }
}
