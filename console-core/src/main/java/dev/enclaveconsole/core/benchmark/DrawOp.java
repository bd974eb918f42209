package dev.enclaveconsole.core.benchmark;

import java.util.List;

/// One stroke of a drawing, in pixels from the top left corner.
public sealed interface DrawOp {

    /// What a colour is for; the surface's theme says which colour that is.
    enum Ink {
        TEXT,
        MUTED,
        WARNING,
        GRID,
        SERIES_0,
        SERIES_1,
        SERIES_2,
        SERIES_3;

        static Ink series(int index) {
            return switch (Math.floorMod(index, 4)) {
                case 0 -> SERIES_0;
                case 1 -> SERIES_1;
                case 2 -> SERIES_2;
                default -> SERIES_3;
            };
        }
    }

    enum Anchor {
        START,
        MIDDLE,
        END
    }

    enum Shape {
        CIRCLE,
        SQUARE,
        TRIANGLE,
        DIAMOND;

        static Shape series(int index) {
            return values()[Math.floorMod(index, values().length)];
        }
    }

    record At(double x, double y) {}

    /// @param dash lengths on and off; empty is solid
    record Polyline(List<At> points, Ink ink, double width, List<Double> dash) implements DrawOp {}

    record Rectangle(double x, double y, double width, double height, Ink ink, double opacity) implements DrawOp {}

    record Marker(At at, Shape shape, double size, Ink ink) implements DrawOp {}

    /// @param at the baseline's start, middle or end
    /// @param turned read from bottom to top
    record Text(At at, String text, Anchor anchor, double size, boolean bold, boolean turned, Ink ink)
            implements DrawOp {}
}
