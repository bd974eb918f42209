package dev.enclaveconsole.desktop.cli;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.predict.ModelStore;
import dev.enclaveconsole.core.predict.StoredModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `model`: models from which enclave images are made.
@Command(
        name = "model",
        description = "Models from which enclave images are made.",
        subcommands = {ModelVerbs.Add.class, ModelVerbs.ListAll.class})
final class ModelVerbs extends VerbGroup {

    @Command(
            name = "add",
            description = "Adds a model, showing and pinning its SHA-256.",
            footer = {
                "",
                "Examples:",
                "  console model add ./resnet50.onnx --labels imagenet.txt",
                "  console model add hf://ORG/REPO --name mobilenet",
                "  console model add https://huggingface.co/ORG/REPO/resolve/main/onnx/model.onnx",
                "  console model add djl://ai.djl.onnxruntime/resnet/0.0.1/resnet18_v1-7",
                "  console model add https://example.org/model.zip --sha256 HEX"
            })
    static final class Add extends Verb {
        @Parameters(
                index = "0",
                paramLabel = "SOURCE",
                description = {
                    "An ONNX file, a folder with model.onnx, labels.txt and model.json, an archive of them (.zip, .tar.gz),",
                    "an https address of a file or archive, hf://ORG/REPO[@REVISION] or a page of huggingface.co,",
                    "or djl://GROUP/ARTIFACT[/VERSION[/NAME]] of DJL's model zoo."
                })
        private String source;

        @Option(names = "--name", description = "What to call it; taken from the source if not given.")
        private Optional<String> name;

        @Option(
                names = "--labels",
                paramLabel = "FILE",
                description = "One label a line; if not given, labels.txt beside the model, or what the zoo lists.")
        private Optional<Path> labels;

        @Option(
                names = "--sha256",
                paramLabel = "HEX",
                description = "The SHA-256 that the ONNX file must have; any other file is refused.")
        private Optional<String> sha256;

        @Option(names = "--replace", description = "Replace a model of the same name.")
        private boolean replace;

        @Override
        protected int run(Session session) throws ConsoleException {
            StoredModel model = session.console()
                    .models()
                    .add(new ModelStore.AddRequest(source, name, labels, sha256, replace), session.context());
            session.output().answer(model, line(model) + origin(model) + "\nIn " + model.folder());
            return ExitCode.DONE;
        }
    }

    @Command(name = "list", description = "Lists the models.")
    static final class ListAll extends Verb {
        @Override
        protected int run(Session session) throws ConsoleException {
            ModelStore.Content content = session.console().models().list();
            List<StoredModel> models = content.models();
            content.damaged().forEach(problem -> session.output().warning(problem));
            String text = models.isEmpty()
                    ? "No model has been added. Add one with: console model add FILE"
                    : models.stream().map(ModelVerbs::line).collect(Collectors.joining("\n"));
            session.output()
                    .answer(
                            Map.of(
                                    "models",
                                    models,
                                    "damaged",
                                    content.damaged().stream()
                                            .map(Output::error)
                                            .toList()),
                            text);
            return ExitCode.DONE;
        }
    }

    private static String origin(StoredModel model) {
        String licence = model.description().licence();
        return "\nFrom " + model.description().source() + (licence == null ? "" : ", licence " + licence);
    }

    private static String line(StoredModel model) {
        return "%-28s %d classes, %.1f MB, SHA-256 %s%s"
                .formatted(
                        model.description().name(),
                        model.classes(),
                        model.bytes() / 1e6,
                        model.description().sha256(),
                        model.labelsChecked() ? "" : " (labels could not be checked against the output)");
    }
}
