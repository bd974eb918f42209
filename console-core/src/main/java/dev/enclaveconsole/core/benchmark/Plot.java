package dev.enclaveconsole.core.benchmark;

import java.util.List;
import java.util.Optional;

/// What a chart shows, without any size, colour or surface.
///
/// @param note one line under the title, e.g. why the measured enclave is untrusted; empty if there is none
/// @param right axis of the series that have [Series#onRight], absent if none has
public record Plot(String title, String note, Axis x, Axis left, Optional<Axis> right, List<Series> series) {

    /// @param unit appended to the label and to spoken values: `ms`, `images/s`
    public record Axis(String label, String unit) {
        public String caption() {
            return unit.isEmpty() ? label : label + " (" + unit + ")";
        }
    }

    /// @param x in the unit of the x axis, ascending
    /// @param y NaN breaks the line
    public record Point(double x, double y) {}

    public enum Form {
        LINE,
        /// Bars of one x unit's width, drawn behind the lines.
        BARS
    }

    /// Its position in the list decides colour, dash and marker.
    public record Series(String name, Form form, boolean onRight, List<Point> points) {
        public Series {
            points = List.copyOf(points);
        }

        /// The newest value that is a number.
        public Optional<Double> last() {
            return points.reversed().stream()
                    .map(Point::y)
                    .filter(y -> !y.isNaN())
                    .findFirst();
        }
    }

    public boolean isEmpty() {
        return series.stream().allMatch(s -> s.last().isEmpty());
    }
}
