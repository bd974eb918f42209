package dev.enclaveconsole.core.predict;

import com.fasterxml.jackson.databind.JsonNode;
import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.operation.OperationContext;
import dev.enclaveconsole.core.settings.FileDigest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Fetches an image classifier from DJL's model zoo by the address that DJL itself takes,
/// `djl://GROUP/ARTIFACT[/VERSION[/NAME]]`: `model/cv/image_classification/GROUP/ARTIFACT/metadata.json` lists
/// `artifacts[].{version, name, arguments, files}`, each file with a `uri` that is relative to that list, and a
/// `sha1Hash`. Of several that match, the first one is taken, as DJL does.
final class DjlZoo {
    static final String SCHEME = "djl:";
    private static final Pattern ADDRESS =
            Pattern.compile("djl://([a-z0-9_]+(?:\\.[a-z0-9_]+)*)/([\\w-][\\w.-]*)(?:/([\\w.-]+)(?:/([\\w.+-]+))?)?/?");
    private static final String FORM = "djl://GROUP/ARTIFACT[/VERSION[/NAME]], "
            + "for instance djl://ai.djl.onnxruntime/resnet/0.0.1/resnet18_v1-7";

    private final ModelDownload download;
    private final ModelWeb web;
    private final Path parts;
    private final OperationContext context;

    /// @param parts where downloads go
    DjlZoo(ModelDownload download, ModelWeb web, Path parts, OperationContext context) {
        this.download = download;
        this.web = web;
        this.parts = parts;
        this.context = context;
    }

    /// @throws ConsoleException also `model.not-in-zoo`, `model.digest-differs` for a wrong SHA-1
    ModelFiles fetch(String address, Optional<Path> givenLabels) throws ConsoleException, IOException {
        Matcher matcher = ADDRESS.matcher(address);
        if (!matcher.matches()) {
            throw new ConsoleException(ModelZooProblems.address(address, FORM));
        }
        URI list = web.djl()
                .resolve("model/cv/image_classification/" + matcher.group(1).replace('.', '/') + "/" + matcher.group(2)
                        + "/metadata.json");
        JsonNode metadata = download.json(list);
        JsonNode artifact =
                choose(address, metadata, Optional.ofNullable(matcher.group(3)), Optional.ofNullable(matcher.group(4)));
        Path folder = Files.createDirectories(parts.resolve("unpacked"));
        ModelArchive archive = new ModelArchive(address, folder, web.largestModel(), context);
        for (Map.Entry<String, JsonNode> file : artifact.path("files").properties()) {
            fetch(list, file.getValue(), archive, folder);
        }
        String name = artifact.path("name").asText(matcher.group(2));
        String origin = "djl://%s/%s/%s/%s"
                .formatted(
                        matcher.group(1),
                        matcher.group(2),
                        artifact.path("version").asText(),
                        name);
        ModelFiles files = new UnpackedModel(folder, address).files(name, origin, arguments(artifact), givenLabels);
        return files.withHints(files.hints().withCard(name, licence(metadata)));
    }

    private static JsonNode choose(String address, JsonNode metadata, Optional<String> version, Optional<String> name)
            throws ConsoleException {
        List<String> there = new ArrayList<>();
        for (JsonNode artifact : metadata.path("artifacts")) {
            String itsVersion = artifact.path("version").asText("");
            String itsName = artifact.path("name").asText("");
            if (version.orElse(itsVersion).equals(itsVersion)
                    && name.orElse(itsName).equals(itsName)) {
                return artifact;
            }
            there.add(itsVersion + "/" + itsName);
        }
        throw new ConsoleException(ModelZooProblems.notInZoo(address, there));
    }

    private void fetch(URI list, JsonNode file, ModelArchive archive, Path folder)
            throws ConsoleException, IOException {
        URI address = ModelDownload.checked(
                list.resolve(file.path("uri").asText("").replace(" ", "%20")).toString());
        Path target = parts.resolve("download");
        download.file(address, target);
        String expected = file.path("sha1Hash").asText("");
        String actual = FileDigest.sha1(target);
        if (!expected.isEmpty() && !expected.equalsIgnoreCase(actual)) {
            throw new ConsoleException(ModelZooProblems.publisherDigest(address.toString(), "SHA-1", expected, actual));
        }
        String path = String.valueOf(address.getPath());
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (ModelArchive.isNamedLikeOne(name)) {
            archive.unpack(target);
        } else if (name.toLowerCase(Locale.ROOT).endsWith(".gz")) {
            archive.gunzip(target, name.substring(0, name.length() - ".gz".length()));
        } else if (!name.isEmpty()) {
            Files.move(target, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static Map<String, String> arguments(JsonNode artifact) {
        Map<String, String> arguments = new HashMap<>();
        for (Map.Entry<String, JsonNode> argument : artifact.path("arguments").properties()) {
            arguments.put(argument.getKey(), argument.getValue().asText(""));
        }
        return arguments;
    }

    private static String licence(JsonNode metadata) {
        for (JsonNode licence : metadata.path("licenses")) {
            return licence.path("name").asText("");
        }
        return "";
    }
}
