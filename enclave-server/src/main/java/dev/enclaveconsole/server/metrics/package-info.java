/// Prometheus metrics and the health document.
@NullMarked
package dev.enclaveconsole.server.metrics;

import org.jspecify.annotations.NullMarked;
