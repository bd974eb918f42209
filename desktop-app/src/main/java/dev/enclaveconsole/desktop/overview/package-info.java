/// First steps and the state at a glance.
@NullMarked
package dev.enclaveconsole.desktop.overview;

import org.jspecify.annotations.NullMarked;
