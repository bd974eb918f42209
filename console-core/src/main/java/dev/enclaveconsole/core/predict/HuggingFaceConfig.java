package dev.enclaveconsole.core.predict;

import com.fasterxml.jackson.databind.JsonNode;
import dev.enclaveconsole.core.failure.ConsoleException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Reads how a transformers model wants its images from `config.json` (image_size, num_channels) and
/// `preprocessor_config.json` (size, crop_size, crop_pct, image_mean, image_std, rescale_factor). Where its processor
/// squeezes an image into the input, the enclave's server takes the centre of it.
final class HuggingFaceConfig {
    private static final double USUAL_RESCALE = 1 / 255.0;
    /// From this size on, ConvNeXT's processor does not crop.
    private static final int UNCROPPED = 384;

    private record Sides(int width, int height) {
        int shorter() {
            return Math.min(width, height);
        }
    }

    /// @param config missing if there is none; @param processor likewise
    static ModelHints hints(String source, JsonNode config, JsonNode processor) throws ConsoleException {
        if (config.path("num_channels").asInt(3) != 3) {
            throw unsupported(source, "It takes " + config.path("num_channels").asInt() + " channels instead of 3.");
        }
        if (processor.path("do_flip_channel_order").asBoolean(false)) {
            throw unsupported(source, "It takes BGR instead of RGB images.");
        }
        Sides size = sides(processor.path("size")).orElse(new Sides(0, 0));
        Optional<Sides> crop = processor.path("do_center_crop").asBoolean(false)
                ? sides(processor.path("crop_size"))
                : Optional.empty();
        Sides target = crop.orElse(
                size.shorter() > 0 ? size : sides(config.path("image_size")).orElse(size));
        PixelScale scale = scale(source, processor);
        boolean normalisationKnown = !usualNormalisation(processor);
        return new ModelHints(
                target.width(),
                target.height(),
                shortSide(processor, size, crop, target),
                normalisationKnown ? scale.mean() : List.of(),
                normalisationKnown ? scale.std() : List.of(),
                "",
                "");
    }

    private static int shortSide(JsonNode processor, Sides size, Optional<Sides> crop, Sides target) {
        double cropped = processor.path("crop_pct").asDouble(0);
        boolean crops = crop.isPresent() || (cropped > 0 && size.shorter() < UNCROPPED);
        if (!crops) {
            return Math.max(target.width(), target.height());
        }
        int side = cropped > 0 && cropped <= 1 ? (int) Math.floor(size.shorter() / cropped) : size.shorter();
        return Math.max(side, Math.max(target.width(), target.height()));
    }

    /// Whether nothing is said of mean and deviation.
    private static boolean usualNormalisation(JsonNode processor) {
        return processor.path("do_normalize").asBoolean(true)
                && !processor.path("image_mean").isArray();
    }

    private static PixelScale scale(String source, JsonNode processor) throws ConsoleException {
        boolean rescales = processor.path("do_rescale").asBoolean(true);
        double factor = processor.path("rescale_factor").asDouble(USUAL_RESCALE);
        PixelScale scale = PixelScale.upTo(rescales && factor > 0 ? 255 * factor : 255);
        if (rescales && processor.path("rescale_offset").asBoolean(false)) {
            scale = scale.shifted(-1);
        }
        JsonNode mean = processor.path("image_mean");
        JsonNode std = processor.path("image_std");
        if (!processor.path("do_normalize").asBoolean(true) || !mean.isArray()) {
            return scale;
        }
        if (mean.size() != 3 || std.size() != 3 || !numbers(std).stream().allMatch(s -> s > 0)) {
            throw unsupported(source, "Its mean and deviation are not three numbers each.");
        }
        return scale.normalised(numbers(mean), numbers(std));
    }

    private static List<Double> numbers(JsonNode array) {
        return IntStream.range(0, array.size())
                .mapToObj(i -> array.path(i).asDouble(0))
                .toList();
    }

    /// A number, `{shortest_edge}`, `{height, width}` or `[height, width]`.
    private static Optional<Sides> sides(JsonNode size) {
        int square = size.isInt() ? size.asInt() : size.path("shortest_edge").asInt(0);
        int height =
                size.isArray() ? size.path(0).asInt(0) : size.path("height").asInt(square);
        int width = size.isArray() ? size.path(1).asInt(0) : size.path("width").asInt(square);
        return height > 0 && width > 0 ? Optional.of(new Sides(width, height)) : Optional.empty();
    }

    private static ConsoleException unsupported(String source, String why) {
        return new ConsoleException(ModelZooProblems.preprocessing(source, why));
    }

    private HuggingFaceConfig() {}
}
