package dev.enclaveconsole.desktop.ui;

import dev.enclaveconsole.core.benchmark.DrawOp;
import dev.enclaveconsole.core.benchmark.DrawOp.At;
import dev.enclaveconsole.core.benchmark.DrawOp.Ink;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.scene.text.TextAlignment;

/// Draws operations on a canvas.
final class CanvasPainter {
    private final GraphicsContext graphics;
    private final PlotColors colors;

    CanvasPainter(GraphicsContext graphics, PlotColors colors) {
        this.graphics = graphics;
        this.colors = colors;
    }

    void paint(DrawOp op) {
        switch (op) {
            case DrawOp.Polyline line -> line(line);
            case DrawOp.Rectangle r -> {
                graphics.setFill(color(r.ink(), r.opacity()));
                graphics.fillRect(r.x(), r.y(), r.width(), r.height());
            }
            case DrawOp.Marker marker -> marker(marker);
            case DrawOp.Text text -> text(text);
        }
    }

    private Color color(Ink ink, double opacity) {
        Color color = colors.color(ink);
        return color.deriveColor(0, 1, 1, opacity);
    }

    private void line(DrawOp.Polyline line) {
        double offset = line.ink() == Ink.GRID ? 0.5 : 0;
        graphics.setStroke(color(line.ink(), 1));
        graphics.setLineWidth(line.width());
        graphics.setLineDashes(
                line.dash().stream().mapToDouble(Double::doubleValue).toArray());
        double[] xs = line.points().stream().mapToDouble(At::x).toArray();
        double[] ys = line.points().stream()
                .mapToDouble(at -> offset == 0 ? at.y() : Math.floor(at.y()) + offset)
                .toArray();
        graphics.strokePolyline(xs, ys, xs.length);
        graphics.setLineDashes();
    }

    private void marker(DrawOp.Marker marker) {
        graphics.setFill(color(marker.ink(), 1));
        double x = marker.at().x();
        double y = marker.at().y();
        double half = marker.size() / 2;
        switch (marker.shape()) {
            case CIRCLE -> graphics.fillOval(x - half, y - half, marker.size(), marker.size());
            case SQUARE -> graphics.fillRect(x - half, y - half, marker.size(), marker.size());
            case TRIANGLE ->
                graphics.fillPolygon(
                        new double[] {x - half, x + half, x}, new double[] {y + half, y + half, y - half}, 3);
            case DIAMOND ->
                graphics.fillPolygon(
                        new double[] {x - half, x, x + half, x}, new double[] {y, y - half, y, y + half}, 4);
        }
    }

    private void text(DrawOp.Text text) {
        graphics.save();
        graphics.setFill(color(text.ink(), 1));
        graphics.setFont(Font.font("System", text.bold() ? FontWeight.BOLD : FontWeight.NORMAL, text.size()));
        graphics.setTextAlign(
                switch (text.anchor()) {
                    case START -> TextAlignment.LEFT;
                    case MIDDLE -> TextAlignment.CENTER;
                    case END -> TextAlignment.RIGHT;
                });
        graphics.translate(text.at().x(), text.at().y());
        if (text.turned()) {
            graphics.rotate(-90);
        }
        graphics.fillText(text.text(), 0, 0);
        graphics.restore();
    }
}
