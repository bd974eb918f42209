package dev.enclaveconsole.core.predict;

import static dev.enclaveconsole.core.predict.ZooFixture.NONE;
import static dev.enclaveconsole.core.predict.ZooFixture.named;
import static dev.enclaveconsole.core.predict.ZooFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.operation.OperationCancelledException;
import dev.enclaveconsole.core.operation.OperationContext;
import dev.enclaveconsole.core.operation.Progress;
import dev.enclaveconsole.core.settings.FileDigest;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bouncycastle.operator.OperatorCreationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelZooTest {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final String DJL = "djl://ai.djl.onnxruntime/resnet";
    private static final String METADATA = "/mlrepo/model/cv/image_classification/ai/djl/onnxruntime/resnet/";
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
    void addsAHuggingFaceModelAtTheCommitThatItsBranchNames() throws ConsoleException {
        hub("/api/models/org/cifar?blobs=true", List.of("onnx/model.onnx", "onnx/model_quantized.onnx"), "");
        StoredModel model = zoo().store().add(request("hf://org/cifar"), NONE);
        assertThat(model.description().name()).isEqualTo("cifar");
        assertThat(model.description().licence()).isEqualTo("apache-2.0");
        assertThat(model.description().source())
                .isEqualTo(server.site() + "/org/cifar/resolve/" + COMMIT + "/onnx/model.onnx");
        assertThat(model.description().sha256()).isEqualTo(FileDigest.sha256(onnx));
        assertThat(model.classes()).isEqualTo(10);
        assertThat(model.description().input().width()).isEqualTo(32);
        assertThat(model.description().input().resizeShortSide()).isEqualTo(36);
        assertThat(model.description().input().mean()).containsExactly(0.5, 0.4, 0.3);
        assertThat(model.description().input().std()).containsExactly(0.25, 0.2, 0.1);
        assertThat(zoo().stored()).containsExactly("cifar");
    }

    @Test
    void takesHuggingFacePagesRevisionsAndFiles() throws ConsoleException {
        hub("/api/models/org/cifar/revision/refs%2Fpr%2F1?blobs=true", List.of("model.onnx", "b/small.onnx"), "");
        StoredModel page = zoo().store().add(request(server.site() + "/org/cifar/tree/refs%2Fpr%2F1"), NONE);
        assertThat(page.description().source()).endsWith("/resolve/" + COMMIT + "/model.onnx");
        String file = server.site() + "/org/cifar/blob/refs%2Fpr%2F1/b/small.onnx";
        StoredModel small = zoo().store().add(named(file, "small"), NONE);
        assertThat(small.description().source()).endsWith("/resolve/" + COMMIT + "/b/small.onnx");
        assertThat(zoo().store()
                        .add(named("hf://org/cifar@refs%2Fpr%2F1/b/small.onnx", "again"), NONE)
                        .description()
                        .source())
                .isEqualTo(small.description().source());
    }

    @Test
    void asksWhichOfSeveralOnnxFilesIsMeant() {
        hub("/api/models/org/cifar?blobs=true", List.of("onnx/a.onnx", "onnx/b.onnx"), "");
        Problem problem = zoo().problem(request("hf://org/cifar"));
        assertThat(problem.kind()).isEqualTo(Problem.Kind.USAGE);
        assertThat(problem.code()).isEqualTo("model.several-onnx");
        assertThat(problem.why()).contains("onnx/a.onnx, onnx/b.onnx");
        assertThat(problem.remedy()).contains("hf://org/cifar/onnx/a.onnx");
    }

    @Test
    void refusesAFileThatIsNotTheOneListed() {
        hub("/api/models/org/cifar?blobs=true", List.of("model.onnx"), "00".repeat(32));
        assertThat(zoo().problem(request("hf://org/cifar")).code()).isEqualTo("model.digest-differs");
        assertThat(zoo().stored()).isEmpty();
    }

    @Test
    void refusesLabelsThatDoNotMatchAndExternalWeights() {
        hub("/api/models/org/cifar?blobs=true", List.of("model.onnx"), "");
        server.serve("/api/resolve-cache/config.json", "{\"id2label\": {\"0\": \"a\", \"1\": \"b\"}}");
        assertThat(zoo().problem(request("hf://org/cifar")).code()).isEqualTo("model.labels-differ");
        hub("/api/models/org/cifar?blobs=true", List.of("model.onnx", "model.onnx_data"), "");
        assertThat(zoo().problem(request("hf://org/cifar")).code()).isEqualTo("model.external-data");
        assertThat(zoo().stored()).isEmpty();
    }

    @Test
    void tellsWhatAnUnknownAddressLacks() {
        assertThat(zoo().problem(request("hf://org/none")).why()).contains("404");
        assertThat(zoo().problem(request("hf://org")).code()).isEqualTo("model.address-invalid");
        assertThat(zoo().problem(request("hf://../../etc")).code()).isEqualTo("model.address-invalid");
        assertThat(zoo().problem(request("djl://ai.djl.onnxruntime")).code()).isEqualTo("model.address-invalid");
        assertThat(zoo().problem(request(DJL)).code()).isEqualTo("model.download-failed");
    }

    @Test
    void addsAModelOfDjlsZoo() throws ConsoleException, IOException {
        byte[] archive = Archives.tarGz(Map.of("cifar/model.onnx", onnx, "cifar/synset.txt", labels));
        djl(archive, sha1(archive));
        StoredModel model = zoo().store().add(request(DJL + "/0.0.1/cifar-9"), NONE);
        assertThat(model.description().name()).isEqualTo("cifar-9");
        assertThat(model.description().source()).isEqualTo(DJL + "/0.0.1/cifar-9");
        assertThat(model.description().licence()).isEqualTo("The Apache License, Version 2.0");
        assertThat(model.description().input().resizeShortSide()).isEqualTo(40);
        assertThat(model.description().input().mean()).containsExactly(0.485, 0.456, 0.406);
        assertThat(model.classes()).isEqualTo(10);
        assertThat(zoo().stored()).containsExactly("cifar-9");
        assertThat(zoo().store().add(named(DJL, "first"), NONE).description().sha256())
                .isEqualTo(FileDigest.sha256(onnx));
        Problem problem = zoo().problem(request(DJL + "/0.0.1/other"));
        assertThat(problem.code()).isEqualTo("model.not-in-zoo");
        assertThat(problem.why()).contains("0.0.1/cifar-9");
    }

    @Test
    void refusesAnArchiveWithAnotherSha1() throws IOException {
        djl(Archives.tarGz(Map.of("model.onnx", onnx, "synset.txt", labels)), "00".repeat(20));
        Problem problem = zoo().problem(request(DJL));
        assertThat(problem.code()).isEqualTo("model.digest-differs");
        assertThat(problem.kind()).isEqualTo(Problem.Kind.REFUSED);
        assertThat(zoo().stored()).isEmpty();
    }

    @Test
    void leavesNothingBehindWhenCancelled() {
        hub("/api/models/org/cifar?blobs=true", List.of("model.onnx"), "");
        OperationContext cancelled = new CancelledAt(1 << 20);
        assertThatThrownBy(() -> zoo().store().add(request("hf://org/cifar"), cancelled))
                .isInstanceOf(OperationCancelledException.class);
        assertThat(zoo().stored()).isEmpty();
    }

    private static final class CancelledAt implements OperationContext {
        private final long bytes;
        private boolean reached;

        CancelledAt(long bytes) {
            this.bytes = bytes;
        }

        @Override
        public void report(Progress progress) {
            reached |= progress.done() >= bytes && progress.total() == onnx.length;
        }

        @Override
        public void checkCancelled() {
            if (reached) {
                throw new OperationCancelledException();
            }
        }

        @Override
        public Registration onCancel(Runnable action) {
            return () -> {};
        }
    }

    private void hub(String description, List<String> models, String sha256) {
        StringBuilder siblings = new StringBuilder();
        for (String file : models) {
            siblings.append("{\"rfilename\":\"%s\",\"blobId\":\"24\",\"size\":%d,\"lfs\":{\"sha256\":\"%s\"}},"
                    .formatted(file, onnx.length, sha256.isEmpty() ? FileDigest.sha256(onnx) : sha256));
            server.serve("/org/cifar/resolve/" + COMMIT + "/" + file, onnx);
        }
        server.serve(description, """
                {"id": "org/cifar", "sha": "%s", "private": false, "gated": false, "tags": ["onnx"],
                 "cardData": {"license": "apache-2.0"},
                 "siblings": [%s {"rfilename": "config.json"}, {"rfilename": "preprocessor_config.json"}]}
                """.formatted(COMMIT, siblings));
        String names = Stream.iterate(0, i -> i < 10, i -> i + 1)
                .map(i -> "\"%d\": \"class %d\"".formatted(i, i))
                .collect(java.util.stream.Collectors.joining(","));
        String files = "/org/cifar/resolve/" + COMMIT + "/";
        server.redirect(files + "config.json", "/api/resolve-cache/config.json");
        server.serve("/api/resolve-cache/config.json", "{\"id2label\": {%s}, \"image_size\": 32}".formatted(names));
        server.serve(files + "preprocessor_config.json", """
                {"do_resize": true, "size": {"shortest_edge": 36}, "do_center_crop": true,
                 "crop_size": {"height": 32, "width": 32}, "do_rescale": true, "rescale_factor": 0.00392156862745098,
                 "do_normalize": true, "image_mean": [0.5, 0.4, 0.3], "image_std": [0.25, 0.2, 0.1]}
                """);
    }

    private static void djl(byte[] archive, String sha1) {
        server.serve(METADATA + "0.0.1/cifar-9.tar.gz", archive);
        server.serve(METADATA + "metadata.json", """
                {"metadataVersion": "0.2", "resourceType": "model", "application": "cv/image_classification",
                 "groupId": "ai.djl.onnxruntime", "artifactId": "resnet", "name": "Resnet",
                 "licenses": {"license": {"name": "The Apache License, Version 2.0", "url": "https://example.org"}},
                 "artifacts": [{"version": "0.0.1", "snapshot": false, "name": "cifar-9",
                   "properties": {"layers": "9", "dataset": "cifar10"},
                   "arguments": {"width": 32, "height": 32, "resize": 40, "centerCrop": true, "normalize": true,
                                 "applySoftmax": true},
                   "files": {"model": {"uri": "0.0.1/cifar-9.tar.gz", "name": "", "sha1Hash": "%s", "size": %d}}}]}
                """.formatted(sha1, archive.length));
    }

    private ZooFixture zoo() {
        return new ZooFixture(server, folder);
    }

    private static String sha1(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
