package dev.enclaveconsole.core.predict;

import dev.enclaveconsole.core.failure.Problem;
import java.net.URI;
import java.nio.file.Path;

/// What to tell when a model cannot be added.
final class ModelProblems {

    static Problem missing(String path) {
        return Problem.failed("model.missing", "There is no file " + path + ".", "", "Check the path.");
    }

    static Problem noOnnx(String source, Throwable cause) {
        return Problem.failed(
                "model.no-onnx",
                source + " is no ONNX model.",
                String.valueOf(cause.getMessage()),
                "Export the model as ONNX, for instance with torch.onnx.export.");
    }

    static Problem labelsMissing(String folder) {
        return Problem.usage(
                "model.labels-missing",
                "The model's labels are missing.",
                folder.isEmpty()
                        ? "A model from an address needs them as a file."
                        : "There is no labels.txt in " + folder + ".",
                "Give a text file with one label a line (--labels FILE).");
    }

    static Problem labelsDiffer(String file, int labels, int classes) {
        return Problem.failed(
                "model.labels-differ",
                "The labels in " + file + " do not match the model.",
                "There are " + labels + " labels; the model's output has " + (classes > 0 ? classes : "other")
                        + " classes.",
                "Give the list of labels that belongs to this model (--labels FILE).");
    }

    static Problem digest(String source, String expected, String actual) {
        return Problem.refused(
                "model.digest-differs",
                source + " is not the expected model.",
                "Its SHA-256 is " + actual + " instead of " + expected + ".",
                "Get the model from its publisher again, or correct the expected digest.");
    }

    static Problem tooLarge(String source, long limit) {
        return Problem.failed(
                "model.too-large",
                source + " is too large.",
                "A model may have " + (limit >> 20) + " MiB.",
                "Quantise the model or choose a smaller one.");
    }

    static Problem address(String address) {
        return Problem.usage(
                "model.address-invalid",
                address + " is no address of a model.",
                "Only https, hf and djl addresses are used.",
                "Download the file yourself and add it from the disk, or give its https address.");
    }

    static Problem download(URI address, Throwable cause) {
        return Problem.failed(
                "model.download-failed",
                "The model could not be downloaded from " + address + ".",
                String.valueOf(cause.getMessage()),
                "Check the address and the connection to the internet.");
    }

    static Problem name(String name) {
        return Problem.usage(
                "model.name-invalid",
                "A model cannot be named " + (name.isEmpty() ? "so" : name) + ".",
                "Names have 1 to 64 lower-case letters, digits, dots, dashes or underscores.",
                "Give another name (--name NAME).");
    }

    static Problem taken(String name) {
        return Problem.usage(
                "model.name-taken",
                "There is a model named " + name + " already.",
                "",
                "Give another name (--name NAME), or replace it (--replace).");
    }

    static Problem description(Path file, String why) {
        return Problem.failed(
                "model.description-invalid", "The file " + file + " is no description of a model.", why, "Correct it.");
    }

    static Problem damaged(Path model) {
        return Problem.failed(
                "model.damaged",
                "The model " + model.getFileName() + " is damaged.",
                "Its model.json, labels.txt or model.onnx in " + model + " cannot be read.",
                "Add it again with --replace.");
    }

    static Problem store(Path folder, Throwable cause) {
        return Problem.failed(
                "model.store-unusable",
                "The models in " + folder + " cannot be used.",
                String.valueOf(cause.getMessage()),
                "Check permissions and free space.");
    }

    private ModelProblems() {}
}
