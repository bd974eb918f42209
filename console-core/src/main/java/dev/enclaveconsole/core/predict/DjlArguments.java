package dev.enclaveconsole.core.predict;

import dev.enclaveconsole.core.failure.ConsoleException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// How a DJL model wants its images, from the arguments of its zoo's `metadata.json` or of its `serving.properties`
/// (width, height, resize, resizeShort, centerCrop, toTensor, normalize, range; DJL's BaseImageTranslator). Where DJL
/// squeezes an image into a square, the enclave's server takes the centre of it.
final class DjlArguments {
    private static final String USUAL = "0.485,0.456,0.406,0.229,0.224,0.225";

    private final String source;
    private final Map<String, String> arguments;

    DjlArguments(String source, Map<String, String> arguments) {
        this.source = source;
        this.arguments = arguments;
    }

    ModelHints hints() throws ConsoleException {
        if (text("flag").toUpperCase(Locale.ROOT).equals("GRAYSCALE")) {
            throw new ConsoleException(ModelZooProblems.preprocessing(source, "It takes greyscale images."));
        }
        int width = number("width");
        int height = number("height");
        int side = Math.max(number("resize"), number("resizeShort"));
        PixelScale scale = scale();
        boolean said = !text("normalize").isEmpty()
                || !text("range").isEmpty()
                || !text("toTensor").isEmpty();
        return new ModelHints(
                width,
                height,
                Math.max(side, Math.max(width, height)),
                said ? scale.mean() : List.of(),
                said ? scale.std() : List.of(),
                "",
                "");
    }

    private PixelScale scale() throws ConsoleException {
        PixelScale scale = PixelScale.upTo(text("toTensor").equalsIgnoreCase("false") ? 255 : 1);
        String normalize = text("normalize").equalsIgnoreCase("true") ? USUAL : text("normalize");
        if (!normalize.isEmpty() && !normalize.equalsIgnoreCase("false")) {
            List<Double> numbers = numbers(normalize);
            if (numbers.size() != 6 || numbers.subList(3, 6).stream().anyMatch(s -> s <= 0)) {
                throw new ConsoleException(ModelZooProblems.preprocessing(
                        source, "Its normalisation “" + normalize + "” is not three means and three deviations."));
            }
            scale = scale.normalised(numbers.subList(0, 3), numbers.subList(3, 6));
        }
        return switch (text("range").replace(" ", "")) {
            case "0,1" -> scale.divided(255);
            case "-1,1" -> scale.divided(128).shifted(-1);
            default -> scale;
        };
    }

    /// The first of several; `true`, `false` and nothing are 0.
    private int number(String key) {
        List<Double> numbers = numbers(text(key));
        double first = numbers.isEmpty() ? 0 : numbers.getFirst();
        return first >= 1 && first <= 4096 ? (int) first : 0;
    }

    private static List<Double> numbers(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(token -> token.matches("-?[0-9]*\\.?[0-9]+([eE]-?[0-9]+)?"))
                .map(Double::valueOf)
                .toList();
    }

    private String text(String key) {
        return arguments.getOrDefault(key, "").strip();
    }
}
