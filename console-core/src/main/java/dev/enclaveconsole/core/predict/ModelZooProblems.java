package dev.enclaveconsole.core.predict;

import dev.enclaveconsole.core.failure.Problem;
import java.util.List;

/// What to tell when a model zoo or an archive does not hold a model that can be used.
final class ModelZooProblems {
    private static final int SHOWN = 12;

    static Problem severalOnnx(String source, List<String> files, String remedy) {
        return Problem.usage(
                "model.several-onnx", "There are several ONNX files in " + source + ".", shown(files), remedy);
    }

    static Problem noOnnxIn(String source) {
        return Problem.failed(
                "model.no-onnx",
                "There is no ONNX file in " + source + ".",
                "",
                "Choose a model that is published as ONNX, or export it, for instance with torch.onnx.export.");
    }

    static Problem labelsMissing(String source, String why) {
        return Problem.usage(
                "model.labels-missing",
                "No labels come with the model from " + source + ".",
                why,
                "Give a text file with one label a line (--labels FILE).");
    }

    static Problem externalData(String source) {
        return Problem.failed(
                "model.external-data",
                source + " keeps its weights in another file.",
                "A model of the console is one ONNX file.",
                "Save it as one file (onnx.save without external data), or choose another one.");
    }

    static Problem preprocessing(String source, String why) {
        return Problem.failed(
                "model.preprocessing-unsupported",
                "The model from " + source + " cannot be fed by the enclave's server.",
                why,
                "Export it so that it takes RGB images, or choose another one.");
    }

    static Problem address(String address, String form) {
        return Problem.usage(
                "model.address-invalid", address + " is no address of a model.", "", "The form is " + form + ".");
    }

    static Problem notInZoo(String address, List<String> there) {
        return Problem.usage(
                "model.not-in-zoo",
                "There is no model " + address + ".",
                there.isEmpty() ? "" : "There are: " + shown(there),
                "Correct the version or the name.");
    }

    static Problem unsafeArchive(String source, String entry) {
        return Problem.refused(
                "model.archive-unsafe",
                source + " was not unpacked.",
                "The archive's entry “" + printable(entry) + "” would lie outside its folder.",
                "Do not use this archive; tell its publisher.");
    }

    static Problem brokenArchive(String source, Throwable cause) {
        return Problem.failed(
                "model.archive-broken",
                source + " could not be unpacked.",
                String.valueOf(cause.getMessage()),
                "Get it again. Archives are .zip, .tar, .tar.gz or .tgz.");
    }

    static Problem publisherDigest(String source, String algorithm, String expected, String actual) {
        return Problem.refused(
                "model.digest-differs",
                source + " is not what its publisher lists.",
                "Its " + algorithm + " is " + actual + " instead of " + expected + ".",
                "Try again later; if it stays so, do not use the model.");
    }

    private static String shown(List<String> names) {
        String first = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
        return printable(first) + (names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "") + ".";
    }

    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    private ModelZooProblems() {}
}
