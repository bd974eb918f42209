package dev.enclaveconsole.server.predict.model;

import com.fasterxml.jackson.core.JacksonException;
import dev.enclaveconsole.protocol.api.Json;
import dev.enclaveconsole.protocol.api.ModelDescription;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// A model's files, `model.onnx`, `labels.txt` (one label a line) and `model.json`, read and checked against each other
/// as far as that goes without running the model.
public record ModelFolder(Path folder, ModelDescription description, List<String> labels) {
    static final String MODEL = "model.onnx";
    private static final String LABELS = "labels.txt";
    private static final String DESCRIPTION = "model.json";

    public static ModelFolder read(Path folder) throws ModelFault {
        for (String file : List.of(DESCRIPTION, LABELS, MODEL)) {
            if (!Files.isRegularFile(folder.resolve(file))) {
                throw fault(
                        folder,
                        file,
                        "is missing",
                        "Add it; a model folder holds model.onnx, labels.txt and model.json.");
            }
        }
        ModelDescription description = description(folder);
        String sha256 = sha256(folder);
        if (!sha256.equals(description.sha256())) {
            throw fault(
                    folder,
                    MODEL,
                    "has SHA-256 %s, but %s says %s".formatted(sha256, DESCRIPTION, description.sha256()),
                    "Put the right file there or correct sha256.");
        }
        return new ModelFolder(folder, description, labels(folder));
    }

    String name() {
        return description.name();
    }

    ModelFault fault(String file, String what, String remedy) {
        return fault(folder, file, what, remedy);
    }

    private static ModelFault fault(Path folder, String file, String what, String remedy) {
        return new ModelFault("model %s: %s %s. %s".formatted(folder.getFileName(), file, what, remedy));
    }

    private static ModelDescription description(Path folder) throws ModelFault {
        try {
            ModelDescription read =
                    Json.mapper().readValue(folder.resolve(DESCRIPTION).toFile(), ModelDescription.class);
            checkDescription(folder, read);
            return read;
        } catch (JacksonException e) {
            throw fault(folder, DESCRIPTION, "is no valid description: " + e.getOriginalMessage(), "Correct it.");
        } catch (IOException e) {
            throw fault(folder, DESCRIPTION, "cannot be read", "Check its permissions.");
        }
    }

    @SuppressWarnings("ConstantValue") // JSON leaves record components null whatever their type says
    private static void checkDescription(Path folder, ModelDescription read) throws ModelFault {
        String name = String.valueOf(folder.getFileName());
        if (read.name() == null || !read.name().equals(name)) {
            throw fault(folder, DESCRIPTION, "names the model " + read.name(), "Make name the folder's name.");
        }
        ModelDescription.Input input = read.input();
        if (input == null
                || input.name() == null
                || input.layout() == null
                || input.mean() == null
                || input.std() == null
                || read.output() == null
                || read.output().name() == null
                || read.output().activation() == null
                || read.sha256() == null) {
            throw fault(
                    folder,
                    DESCRIPTION,
                    "lacks a field",
                    "It needs input {name, width, height, layout, resizeShortSide, mean, std}, output {name, activation} and sha256.");
        }
        if (input.mean().size() != 3
                || input.std().size() != 3
                || input.std().stream().anyMatch(std -> std == 0)) {
            throw fault(
                    folder, DESCRIPTION, "has a wrong mean or std", "Each needs three numbers, std none of them 0.");
        }
        int longest = Math.max(input.width(), input.height());
        if (input.width() < 1 || input.height() < 1 || longest > 4096 || input.resizeShortSide() < longest) {
            throw fault(
                    folder,
                    DESCRIPTION,
                    "has a wrong size",
                    "width and height go from 1 to 4096, resizeShortSide must not be less than either.");
        }
    }

    private static List<String> labels(Path folder) throws ModelFault {
        try {
            List<String> lines = Files.readAllLines(folder.resolve(LABELS), StandardCharsets.UTF_8).stream()
                    .map(String::strip)
                    .toList();
            int end = lines.size();
            while (end > 0 && lines.get(end - 1).isEmpty()) {
                end--;
            }
            return List.copyOf(lines.subList(0, end));
        } catch (IOException e) {
            throw fault(folder, LABELS, "cannot be read as UTF-8 text", "Write one label a line, in UTF-8.");
        }
    }

    private static String sha256(Path folder) throws ModelFault {
        try (InputStream file = Files.newInputStream(folder.resolve(MODEL));
                var digesting = new DigestInputStream(file, MessageDigest.getInstance("SHA-256"))) {
            digesting.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digesting.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        } catch (IOException e) {
            throw fault(folder, MODEL, "cannot be read", "Check its permissions.");
        }
    }
}
