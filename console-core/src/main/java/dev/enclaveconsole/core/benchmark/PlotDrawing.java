package dev.enclaveconsole.core.benchmark;

import dev.enclaveconsole.core.benchmark.DrawOp.Anchor;
import dev.enclaveconsole.core.benchmark.DrawOp.At;
import dev.enclaveconsole.core.benchmark.DrawOp.Ink;
import dev.enclaveconsole.core.benchmark.DrawOp.Marker;
import dev.enclaveconsole.core.benchmark.DrawOp.Polyline;
import dev.enclaveconsole.core.benchmark.DrawOp.Rectangle;
import dev.enclaveconsole.core.benchmark.DrawOp.Shape;
import dev.enclaveconsole.core.benchmark.DrawOp.Text;
import dev.enclaveconsole.core.benchmark.Plot.Form;
import dev.enclaveconsole.core.benchmark.Plot.Point;
import dev.enclaveconsole.core.benchmark.Plot.Series;
import java.util.ArrayList;
import java.util.List;

/// Turns a [Plot] into draw operations for a surface of a given size. The same operations on every surface, so that an
/// exported file equals the screen.
public final class PlotDrawing {
    private static final double FONT = 12;
    private static final double SMALL = 11;
    /// Of a bold letter at the small size, on average.
    private static final double BOLD_WIDTH = 6.4;
    private static final List<List<Double>> DASHES =
            List.of(List.of(), List.of(7.0, 4.0), List.of(2.0, 3.0), List.of(9.0, 3.0, 2.0, 3.0));

    private final Plot plot;
    private final double left = 58;
    private final double top;
    private final double right;
    private final double bottom;
    private final Ticks xTicks;
    private final Ticks leftTicks;
    private final Ticks rightTicks;
    private final List<DrawOp> ops = new ArrayList<>();

    private PlotDrawing(Plot plot, double width, double height) {
        this.plot = plot;
        this.top = plot.note().isEmpty() ? 46 : 64;
        this.right = width - (plot.right().isPresent() ? 58 : 16);
        this.bottom = height - 42;
        this.xTicks = xAxis(plot, (right - left) / 80);
        int rows = (int) Math.clamp((bottom - top) / 36, 2, 8);
        this.leftTicks = Ticks.covering(0, highest(plot, false), rows);
        this.rightTicks = Ticks.covering(0, highest(plot, true), rows);
    }

    /// @param width of the surface, at least 200
    /// @param height of the surface, at least 120
    public static List<DrawOp> draw(Plot plot, double width, double height) {
        PlotDrawing drawing = new PlotDrawing(plot, Math.max(width, 200), Math.max(height, 120));
        drawing.frame();
        drawing.marks();
        return List.copyOf(drawing.ops);
    }

    private static Ticks xAxis(Plot plot, double wanted) {
        double[] xs = plot.series().stream()
                .flatMap(s -> s.points().stream())
                .mapToDouble(Point::x)
                .sorted()
                .toArray();
        double low = xs.length == 0 ? 0 : xs[0];
        double high = xs.length == 0 ? 10 : Math.max(xs[xs.length - 1], low + 10);
        return Ticks.covering(low, high, (int) Math.max(2, wanted));
    }

    private static double highest(Plot plot, boolean onRight) {
        return plot.series().stream()
                .filter(s -> s.onRight() == onRight)
                .flatMap(s -> s.points().stream())
                .mapToDouble(Point::y)
                .filter(y -> !Double.isNaN(y))
                .max()
                .orElse(1);
    }

    private void frame() {
        text(left, 18, plot.title(), Anchor.START, 13, true, false, Ink.TEXT);
        if (!plot.note().isEmpty()) {
            text(left, 36, fitting(plot.note()), Anchor.START, SMALL, true, false, Ink.WARNING);
        }
        legend(top - 12);
        for (double value : leftTicks.values()) {
            double y = y(value, false);
            line(left, y, right, y);
            text(left - 6, y + 4, leftTicks.label(value), Anchor.END, SMALL, false, false, Ink.MUTED);
        }
        if (plot.right().isPresent()) {
            for (double value : rightTicks.values()) {
                text(
                        right + 6,
                        y(value, true) + 4,
                        rightTicks.label(value),
                        Anchor.START,
                        SMALL,
                        false,
                        false,
                        Ink.MUTED);
            }
        }
        for (double value : xTicks.values()) {
            text(x(value), bottom + 16, xTicks.label(value), Anchor.MIDDLE, SMALL, false, false, Ink.MUTED);
        }
        double middle = (top + bottom) / 2;
        text((left + right) / 2, bottom + 34, plot.x().caption(), Anchor.MIDDLE, SMALL, false, false, Ink.MUTED);
        text(16, middle, plot.left().caption(), Anchor.MIDDLE, SMALL, false, true, Ink.MUTED);
        plot.right()
                .ifPresent(
                        axis -> text(right + 50, middle, axis.caption(), Anchor.MIDDLE, SMALL, false, true, Ink.MUTED));
    }

    /// Cut to the width of the plot, as far as that can be told without a font.
    private String fitting(String text) {
        int most = (int) ((right - left + 40) / BOLD_WIDTH);
        return text.length() <= most ? text : text.substring(0, Math.max(0, most - 1)) + "…";
    }

    private void legend(double y) {
        double at = left;
        for (int i = 0; i < plot.series().size(); i++) {
            Series series = plot.series().get(i);
            Ink ink = Ink.series(i);
            if (series.form() == Form.BARS) {
                ops.add(new Rectangle(at, y - 9, 20, 10, ink, 0.45));
            } else {
                ops.add(new Polyline(List.of(new At(at, y - 4), new At(at + 22, y - 4)), ink, 2, dash(i)));
                ops.add(new Marker(new At(at + 11, y - 4), Shape.series(i), 7, ink));
            }
            text(at + 27, y, series.name(), Anchor.START, FONT, false, false, Ink.TEXT);
            at += 27 + series.name().length() * 7.2 + 18;
        }
    }

    private void marks() {
        for (int i = 0; i < plot.series().size(); i++) {
            if (plot.series().get(i).form() == Form.BARS) {
                bars(plot.series().get(i), Ink.series(i));
            }
        }
        for (int i = 0; i < plot.series().size(); i++) {
            if (plot.series().get(i).form() == Form.LINE) {
                lines(plot.series().get(i), i);
            }
        }
    }

    private void bars(Series series, Ink ink) {
        double width = Math.max(1, (x(1) - x(0)) * 0.8);
        for (Point point : series.points()) {
            if (point.y() > 0) {
                double y = y(point.y(), series.onRight());
                double from = Math.max(left, x(point.x()) - width / 2);
                double to = Math.min(right, x(point.x()) + width / 2);
                ops.add(new Rectangle(from, y, Math.max(1, to - from), bottom - y, ink, 0.3));
            }
        }
    }

    private void lines(Series series, int index) {
        List<At> run = new ArrayList<>();
        double lastMarker = Double.NEGATIVE_INFINITY;
        for (Point point : series.points()) {
            if (Double.isNaN(point.y())) {
                flush(run, index);
                continue;
            }
            At at = new At(x(point.x()), y(point.y(), series.onRight()));
            run.add(at);
            if (at.x() - lastMarker >= 24) {
                ops.add(new Marker(at, Shape.series(index), 6, Ink.series(index)));
                lastMarker = at.x();
            }
        }
        flush(run, index);
    }

    private void flush(List<At> run, int index) {
        if (run.size() > 1) {
            ops.add(new Polyline(List.copyOf(run), Ink.series(index), 2, dash(index)));
        }
        run.clear();
    }

    private static List<Double> dash(int index) {
        return DASHES.get(Math.floorMod(index, DASHES.size()));
    }

    private double x(double value) {
        return left + (value - xTicks.start()) / (xTicks.end() - xTicks.start()) * (right - left);
    }

    private double y(double value, boolean onRight) {
        Ticks ticks = onRight ? rightTicks : leftTicks;
        return bottom - (value - ticks.start()) / (ticks.end() - ticks.start()) * (bottom - top);
    }

    private void line(double x1, double y1, double x2, double y2) {
        ops.add(new Polyline(List.of(new At(x1, y1), new At(x2, y2)), Ink.GRID, 1, List.of()));
    }

    private void text(
            double x, double y, String text, Anchor anchor, double size, boolean bold, boolean turned, Ink ink) {
        ops.add(new Text(new At(x, y), text, anchor, size, bold, turned, ink));
    }
}
