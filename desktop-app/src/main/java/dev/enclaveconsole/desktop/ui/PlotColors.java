package dev.enclaveconsole.desktop.ui;

import dev.enclaveconsole.core.benchmark.DrawOp.Ink;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javafx.scene.paint.Color;
import javafx.scene.paint.Paint;
import javafx.scene.shape.Rectangle;

/// The theme's colour for each [Ink], read from the stylesheet by invisible probes of class `ink-…`.
final class PlotColors {
    private final Map<Ink, Rectangle> probes = new EnumMap<>(Ink.class);
    private final Rectangle background = new Rectangle(0, 0);

    PlotColors(Runnable onChange) {
        background.getStyleClass().add("ink-background");
        background.setManaged(false);
        for (Ink ink : Ink.values()) {
            Rectangle probe = new Rectangle(0, 0);
            probe.getStyleClass().add(styleClass(ink));
            probe.setManaged(false);
            probe.fillProperty().addListener((_, _, _) -> onChange.run());
            probes.put(ink, probe);
        }
    }

    private static String styleClass(Ink ink) {
        return "ink-" + ink.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    List<Rectangle> probes() {
        return Stream.concat(Stream.of(background), probes.values().stream()).toList();
    }

    Paint background() {
        return background.getFill();
    }

    Color color(Ink ink) {
        Rectangle probe = probes.get(ink);
        Paint fill = probe == null ? Color.GRAY : probe.getFill();
        return fill instanceof Color color ? color : Color.GRAY;
    }
}
