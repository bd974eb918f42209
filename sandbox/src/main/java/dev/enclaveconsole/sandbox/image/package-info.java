/// Writes the demo image.
@NullMarked
package dev.enclaveconsole.sandbox.image;

import org.jspecify.annotations.NullMarked;
