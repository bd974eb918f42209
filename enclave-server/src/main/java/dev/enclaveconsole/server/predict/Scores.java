package dev.enclaveconsole.server.predict;

import dev.enclaveconsole.protocol.api.LabelScore;
import dev.enclaveconsole.protocol.api.ModelDescription;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// From raw model output to probabilities and the best labels.
public final class Scores {
    private Scores() {}

    /// Applies the model's activation, in place.
    static float[] activate(ModelDescription.Activation activation, float[] values) {
        return switch (activation) {
            case NONE -> values;
            case SOFTMAX -> softmax(values);
        };
    }

    private static float[] softmax(float[] values) {
        float max = Float.NEGATIVE_INFINITY;
        for (float value : values) {
            max = Math.max(max, value);
        }
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            double power = Math.exp((double) values[i] - max);
            values[i] = (float) power;
            sum += power;
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (values[i] / sum);
        }
        return values;
    }

    /// The best first; of equals, the lower index.
    public static List<LabelScore> top(float[] perLabel, List<String> labels, int count) {
        return IntStream.range(0, perLabel.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> -perLabel[i]).thenComparingInt(i -> i))
                .limit(count)
                .map(i -> new LabelScore(labels.get(i), i, perLabel[i]))
                .toList();
    }
}
