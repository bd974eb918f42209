/// Plots of measurements as lists of draw operations, drawn by whoever has a surface: a canvas, an SVG file.
@NullMarked
package dev.enclaveconsole.core.benchmark;

import org.jspecify.annotations.NullMarked;
