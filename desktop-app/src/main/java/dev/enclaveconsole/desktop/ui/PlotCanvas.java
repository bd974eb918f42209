package dev.enclaveconsole.desktop.ui;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import dev.enclaveconsole.core.benchmark.DrawOp;
import dev.enclaveconsole.core.benchmark.Plot;
import dev.enclaveconsole.core.benchmark.PlotDrawing;
import java.util.Locale;
import java.util.stream.Collectors;
import javafx.scene.AccessibleRole;
import javafx.scene.SnapshotParameters;
import javafx.scene.canvas.Canvas;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.Region;
import javafx.scene.transform.Transform;
import org.jspecify.annotations.Nullable;

/// A [Plot] on the screen: as large as its parent allows, redrawn when told and when size or theme change.
public final class PlotCanvas extends Region {
    private final Canvas canvas = new Canvas();
    private final PlotColors colors = new PlotColors(this::redraw);
    private @Nullable Plot plot;

    public PlotCanvas() {
        getStyleClass().add("plot");
        getChildren().addAll(canvas);
        getChildren().addAll(colors.probes());
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setMinSize(260, 160);
        setPrefSize(560, 240);
    }

    /// Draws `newPlot` at once.
    public void show(Plot newPlot) {
        plot = newPlot;
        setAccessibleText(describe(newPlot));
        redraw();
    }

    /// The last values in words, for whoever cannot see the picture.
    public static String describe(Plot plot) {
        String values = plot.series().stream()
                .flatMap(s -> s.last().stream().map(v -> spoken(plot, s, v)))
                .collect(Collectors.joining(", "));
        return plot.title() + ". " + (values.isEmpty() ? text("plot.empty") : values) + ". " + plot.note();
    }

    private static String spoken(Plot plot, Plot.Series series, double value) {
        Plot.Axis axis = series.onRight() ? plot.right().orElse(plot.left()) : plot.left();
        return String.format(Locale.ROOT, "%s %.1f %s", series.name(), value, axis.unit());
    }

    /// What is on the screen, `scale` times as large, on the theme's background.
    public WritableImage picture(double scale) {
        SnapshotParameters parameters = new SnapshotParameters();
        parameters.setTransform(Transform.scale(scale, scale));
        parameters.setFill(colors.background());
        return snapshot(parameters, null);
    }

    @Override
    protected void layoutChildren() {
        canvas.setWidth(Math.floor(getWidth()));
        canvas.setHeight(Math.floor(getHeight()));
        redraw();
    }

    private void redraw() {
        var graphics = canvas.getGraphicsContext2D();
        graphics.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        if (plot == null || canvas.getWidth() < 50 || canvas.getHeight() < 50) {
            return;
        }
        CanvasPainter painter = new CanvasPainter(graphics, colors);
        for (DrawOp op : PlotDrawing.draw(plot, canvas.getWidth(), canvas.getHeight())) {
            painter.paint(op);
        }
    }
}
