package dev.enclaveconsole.core.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.operation.OperationContext;
import dev.enclaveconsole.core.settings.FileDigest;
import dev.enclaveconsole.protocol.api.ModelDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelStoreTest {
    private static final OperationContext NONE = OperationContext.none();

    @TempDir
    Path folder;

    @Test
    void addsAFileWithTheLabelsBesideIt() throws ConsoleException, IOException {
        Path onnx = copied("resnet20-cifar10.onnx", "ResNet 20.onnx");
        Files.copy(shared("cifar10_labels.txt"), onnx.resolveSibling("ResNet 20_labels.txt"));
        ModelStore store = store();
        StoredModel model = store.add(request(onnx.toString()), NONE);
        assertThat(model.description().name()).isEqualTo("resnet-20");
        assertThat(model.description().sha256()).isEqualTo(FileDigest.sha256(onnx));
        assertThat(model.description().input().width()).isEqualTo(32);
        assertThat(model.classes()).isEqualTo(10);
        assertThat(store.list().models()).containsExactly(model);
        assertThat(model.folder()).isDirectoryContaining("glob:**/model.onnx");
        assertThat(folder.resolve("models")).isDirectoryNotContaining("glob:**/.draft-*");
        assertThat(code(() -> store.add(request(onnx.toString()), NONE))).isEqualTo("model.name-taken");
        assertThat(store.remove("resnet-20")).isTrue();
        assertThat(store.list().models()).isEmpty();
    }

    @Test
    void addsTheDemoModelAsAFolder() throws ConsoleException {
        Path demo = upwards("assets/models/resnet9-cifar10");
        assumeTrue(Files.exists(demo.resolve("model.onnx")), "the demo model is not built yet");
        StoredModel model = store().add(request(demo.toString()), NONE);
        assertThat(model.description().name()).isEqualTo("resnet9-cifar10");
        assertThat(model.classes()).isEqualTo(10);
        assertThat(model.description().licence()).isNotNull();
    }

    @Test
    void refusesLabelsThatDoNotMatchTheOutput() throws IOException {
        Path onnx = shared("mobilenet_v2_1.0_224_imagenet_fp32.onnx");
        ModelStore.AddRequest request = new ModelStore.AddRequest(
                onnx.toString(),
                Optional.of("mobilenet"),
                Optional.of(shared("cifar10_labels.txt")),
                Optional.empty(),
                false);
        ConsoleException failure = catchThrowableOfType(ConsoleException.class, () -> store().add(request, NONE));
        assertThat(failure.problem().code()).isEqualTo("model.labels-differ");
        assertThat(failure.problem().why()).contains("10 labels").contains("1001 classes");
    }

    @Test
    void readsShapesOfAllTestModels() throws IOException {
        assertThat(OnnxModel.read(shared("resnet18_randomweights_fp32.onnx")).classes())
                .isEqualTo(OptionalInt.of(1000));
        assertThat(OnnxModel.read(shared("resnet18_randomweights_int8_qdq.onnx"))
                        .classes())
                .isEqualTo(OptionalInt.of(1000));
        assertThat(OnnxModel.read(shared("mobilenet_v2_1.0_224_imagenet_int8_qdq.onnx"))
                        .classes())
                .isEqualTo(OptionalInt.of(1001));
        for (String name : List.of("resnet20-cifar10.onnx", "resnet32-cifar10.onnx", "resnet56-cifar10.onnx")) {
            assertThat(OnnxModel.read(shared(name)).classes()).as(name).isEqualTo(OptionalInt.of(10));
        }
    }

    @Test
    void describesALargerModelLikeTorchvision() throws ConsoleException {
        ModelStore.AddRequest request = new ModelStore.AddRequest(
                shared("resnet18_randomweights_fp32.onnx").toString(),
                Optional.of("resnet18"),
                Optional.of(shared("imagenet_labels_1000.txt")),
                Optional.empty(),
                false);
        StoredModel model = store().add(request, NONE);
        ModelDescription.Input input = model.description().input();
        assertThat(input.width()).isEqualTo(224);
        assertThat(input.resizeShortSide()).isEqualTo(256);
        assertThat(input.layout()).isEqualTo(ModelDescription.Layout.NCHW);
        assertThat(model.labelsChecked()).isTrue();
    }

    @Test
    void refusesWhatIsNoModel() throws IOException {
        Path text = Files.writeString(folder.resolve("text.onnx"), "this is no model at all");
        Path labels = Files.writeString(folder.resolve("labels.txt"), "a\nb\n");
        assertThat(code(() -> store().add(request(text.toString()), NONE))).isEqualTo("model.no-onnx");
        assertThat(code(() -> store().add(request("/no/such/model.onnx"), NONE)))
                .isEqualTo("model.missing");
        Files.delete(labels);
        assertThat(code(() -> store().add(request(text.toString()), NONE))).isEqualTo("model.labels-missing");
        assertThat(folder.resolve("models")).isDirectoryNotContaining("glob:**/.draft-*");
    }

    @Test
    void refusesAddressesOtherThanHttps() throws IOException {
        Path labels = Files.writeString(folder.resolve("labels.txt"), "a\n");
        for (String address : List.of("http://example.org/m.onnx", "file:///etc/passwd", "https://")) {
            ModelStore.AddRequest request =
                    new ModelStore.AddRequest(address, Optional.empty(), Optional.of(labels), Optional.empty(), false);
            assertThat(code(() -> store().add(request, NONE))).as(address).isEqualTo("model.address-invalid");
        }
    }

    @Test
    void holdsTheModelToItsPinnedDigest() throws IOException {
        Path onnx = copied("resnet20-cifar10.onnx", "m.onnx");
        Files.copy(shared("cifar10_labels.txt"), onnx.resolveSibling("labels.txt"));
        ModelStore.AddRequest request = new ModelStore.AddRequest(
                onnx.toString(), Optional.empty(), Optional.empty(), Optional.of("00".repeat(32)), false);
        assertThat(code(() -> store().add(request, NONE))).isEqualTo("model.digest-differs");
    }

    private ModelStore store() {
        return new ModelStore(folder.resolve("models"));
    }

    private static ModelStore.AddRequest request(String source) {
        return new ModelStore.AddRequest(source, Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    private Path copied(String name, String as) throws IOException {
        Path target = Files.createDirectories(folder.resolve("source")).resolve(as);
        return Files.copy(shared(name), target);
    }

    private static Path shared(String name) {
        Path file = upwards("../shared/data/models/" + name);
        assumeTrue(Files.exists(file), "test models are not at hand");
        return file;
    }

    private static Path upwards(String relative) {
        Path start = Path.of("").toAbsolutePath();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            Path candidate = folder.resolve(relative).normalize();
            if (Files.exists(candidate)) {
                return candidate;
            }
        }
        return start.resolve(relative);
    }

    private static String code(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(ConsoleException.class, call).problem().code();
    }
}
