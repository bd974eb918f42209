package dev.enclaveconsole.core.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclaveconsole.core.benchmark.Plot.Axis;
import dev.enclaveconsole.core.benchmark.Plot.Form;
import dev.enclaveconsole.core.benchmark.Plot.Point;
import dev.enclaveconsole.core.benchmark.Plot.Series;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PlotDrawingTest {
    private static final Plot PLOT = new Plot(
            "Latency",
            "UNTRUSTED: sandbox",
            new Axis("time", "s"),
            new Axis("latency", "ms"),
            Optional.of(new Axis("throughput", "images/s")),
            List.of(
                    new Series(
                            "p50",
                            Form.LINE,
                            false,
                            List.of(
                                    new Point(0, 4),
                                    new Point(1, 8),
                                    new Point(2, Double.NaN),
                                    new Point(3, 6),
                                    new Point(4, 7))),
                    new Series("p99", Form.LINE, false, List.of(new Point(0, 14), new Point(1, 18))),
                    new Series("images/s", Form.BARS, true, List.of(new Point(0, 20), new Point(1, 30)))));

    @Test
    void keepsEverythingInsideTheSurface() {
        for (DrawOp op : PlotDrawing.draw(PLOT, 640, 320)) {
            switch (op) {
                case DrawOp.Polyline line -> line.points().forEach(at -> assertInside(at.x(), at.y()));
                case DrawOp.Rectangle r -> {
                    assertInside(r.x(), r.y());
                    assertInside(r.x() + r.width(), r.y() + r.height());
                }
                case DrawOp.Marker marker ->
                    assertInside(marker.at().x(), marker.at().y());
                case DrawOp.Text text -> assertInside(text.at().x(), text.at().y());
            }
        }
    }

    @Test
    void breaksTheLineWhereAValueIsMissing() {
        long runs = PlotDrawing.draw(PLOT, 640, 320).stream()
                .filter(op -> op instanceof DrawOp.Polyline line
                        && line.ink() == DrawOp.Ink.SERIES_0
                        && line.points().getFirst().x()
                                != line.points().getLast().x() - 22)
                .count();
        assertThat(runs).isEqualTo(2);
    }

    @Test
    void givesSeriesDifferentDashesAndMarkers() {
        List<DrawOp> ops = PlotDrawing.draw(PLOT, 640, 320);
        assertThat(dashOf(ops, DrawOp.Ink.SERIES_0)).isNotEqualTo(dashOf(ops, DrawOp.Ink.SERIES_1));
        assertThat(shapeOf(ops, DrawOp.Ink.SERIES_0)).isNotEqualTo(shapeOf(ops, DrawOp.Ink.SERIES_1));
    }

    @Test
    void warnsOnTheDrawingItself() {
        assertThat(PlotDrawing.draw(PLOT, 640, 320))
                .anyMatch(op -> op instanceof DrawOp.Text text
                        && text.ink() == DrawOp.Ink.WARNING
                        && text.text().contains("UNTRUSTED"));
    }

    @Test
    void drawsAnEmptyPlotWithAxesOnly() {
        Plot empty = new Plot("t", "", new Axis("x", ""), new Axis("y", ""), Optional.empty(), List.of());
        assertThat(empty.isEmpty()).isTrue();
        assertThat(PlotDrawing.draw(empty, 300, 200)).noneMatch(op -> op instanceof DrawOp.Marker);
    }

    @Test
    void choosesRoundTicks() {
        Ticks ticks = Ticks.covering(0, 17.3, 5);
        assertThat(ticks.values()).containsExactly(0.0, 5.0, 10.0, 15.0, 20.0);
        assertThat(Ticks.covering(0, 0.7, 5).label(0.2)).isEqualTo("0.2");
    }

    private static void assertInside(double x, double y) {
        assertThat(x).isBetween(0.0, 640.0);
        assertThat(y).isBetween(0.0, 320.0);
    }

    private static List<Double> dashOf(List<DrawOp> ops, DrawOp.Ink ink) {
        return ops.stream()
                .filter(op -> op instanceof DrawOp.Polyline line && line.ink() == ink)
                .map(op -> ((DrawOp.Polyline) op).dash())
                .findFirst()
                .orElseThrow();
    }

    private static DrawOp.Shape shapeOf(List<DrawOp> ops, DrawOp.Ink ink) {
        return ops.stream()
                .filter(op -> op instanceof DrawOp.Marker marker && marker.ink() == ink)
                .map(op -> ((DrawOp.Marker) op).shape())
                .findFirst()
                .orElseThrow();
    }
}
