package dev.enclaveconsole.core.predict;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.settings.FileDigest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Fetches a model from Hugging Face's public interface: `GET /api/models/REPO[/revision/REVISION]?blobs=true` gives
/// `sha` (the commit), `siblings[].{rfilename, lfs.sha256}` and `cardData.license`; the files are below
/// `/REPO/resolve/COMMIT/`, all of that one commit.
final class HuggingFaceZoo {
    private static final List<String> PREFERRED = List.of("onnx/model.onnx", "model.onnx");

    private final ModelDownload download;
    private final URI site;
    private final Path parts;

    /// @param parts where downloads go
    HuggingFaceZoo(ModelDownload download, URI site, Path parts) {
        this.download = download;
        this.site = site;
        this.parts = parts;
    }

    private record Listing(HuggingFaceAddress address, String commit, Map<String, String> digests, JsonNode info) {}

    /// @throws ConsoleException also `model.several-onnx`, `model.external-data`, `model.preprocessing-unsupported`
    ModelFiles fetch(HuggingFaceAddress address, Optional<Path> givenLabels) throws ConsoleException, IOException {
        Listing listing = list(address);
        String file = choose(listing);
        if (listing.digests().keySet().stream().anyMatch(f -> f.equals(file + "_data") || f.equals(file + ".data"))) {
            throw new ConsoleException(ModelZooProblems.externalData(address.shortForm() + "/" + file));
        }
        JsonNode config = document(listing, file, "config.json");
        JsonNode processor = document(listing, file, "preprocessor_config.json");
        ModelHints hints = HuggingFaceConfig.hints(address.shortForm(), config, processor)
                .withCard(address.repositoryName(), licence(listing.info()));
        Path labels = givenLabels.isPresent() ? givenLabels.get() : labels(address, config);
        URI origin = address.resolve(site, listing.commit(), file);
        Path onnx = parts.resolve(ModelFiles.MODEL);
        download.file(origin, onnx);
        checkDigest(origin, listing.digests().getOrDefault(file, ""), onnx);
        return new ModelFiles(onnx, labels, Optional.empty(), address.repositoryName(), origin.toString(), hints);
    }

    private Listing list(HuggingFaceAddress address) throws ConsoleException {
        URI description = address.description(site);
        JsonNode info = download.json(description);
        String commit = info.path("sha").asText("");
        if (!commit.matches("[0-9a-f]{40,64}")) {
            throw new ConsoleException(
                    ModelProblems.download(description, new IOException("The answer names no commit.")));
        }
        Map<String, String> digests = new LinkedHashMap<>();
        for (JsonNode sibling : info.path("siblings")) {
            digests.put(
                    sibling.path("rfilename").asText(""),
                    sibling.path("lfs").path("sha256").asText(""));
        }
        return new Listing(address, commit, digests, info);
    }

    private static String choose(Listing listing) throws ConsoleException {
        HuggingFaceAddress address = listing.address();
        if (address.file().isPresent()) {
            return address.file().get();
        }
        List<String> onnx = listing.digests().keySet().stream()
                .filter(file -> file.endsWith(".onnx"))
                .sorted()
                .toList();
        for (String preferred : PREFERRED) {
            if (onnx.contains(preferred)) {
                return preferred;
            }
        }
        if (onnx.isEmpty()) {
            throw new ConsoleException(ModelZooProblems.noOnnxIn(address.shortForm()));
        }
        if (onnx.size() > 1) {
            throw new ConsoleException(ModelZooProblems.severalOnnx(
                    address.shortForm(),
                    onnx,
                    "Give one's own address: " + address.shortForm() + "/" + onnx.getFirst()));
        }
        return onnx.getFirst();
    }

    /// Beside the ONNX file if it is there, else in the repository's root.
    private JsonNode document(Listing listing, String onnx, String name) throws ConsoleException {
        String beside = onnx.substring(0, onnx.lastIndexOf('/') + 1) + name;
        for (String path : List.of(beside, name)) {
            if (listing.digests().containsKey(path)) {
                return download.json(listing.address().resolve(site, listing.commit(), path));
            }
        }
        return MissingNode.getInstance();
    }

    private Path labels(HuggingFaceAddress address, JsonNode config) throws ConsoleException, IOException {
        JsonNode names = config.path("id2label");
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            JsonNode label = names.path(Integer.toString(i));
            if (!label.isTextual()) {
                throw new ConsoleException(ModelZooProblems.labelsMissing(
                        address.shortForm(), "The id2label of its config.json has no label " + i + "."));
            }
            labels.add(label.asText().replaceAll("\\s+", " ").strip());
        }
        if (labels.isEmpty()) {
            throw new ConsoleException(ModelZooProblems.labelsMissing(
                    address.shortForm(), "It has no config.json with an id2label: it may be no classifier."));
        }
        Path file = parts.resolve(ModelFiles.LABELS);
        Files.writeString(file, String.join("\n", labels) + "\n", StandardCharsets.UTF_8);
        return file;
    }

    private static String licence(JsonNode info) {
        JsonNode licence = info.path("cardData").path("license");
        JsonNode first = licence.isArray() ? licence.path(0) : licence;
        String name = first.asText("");
        return name.equals("other") ? info.path("cardData").path("license_name").asText(name) : name;
    }

    /// Small files have no SHA-256 in the listing.
    private static void checkDigest(URI origin, String expected, Path file) throws ConsoleException, IOException {
        String actual = FileDigest.sha256(file);
        if (!expected.isEmpty() && !expected.equalsIgnoreCase(actual)) {
            throw new ConsoleException(
                    ModelZooProblems.publisherDigest(origin.toString(), "SHA-256", expected, actual));
        }
    }
}
