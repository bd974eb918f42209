/// Images in, labels and timings out.
@NullMarked
package dev.enclaveconsole.desktop.predict;

import org.jspecify.annotations.NullMarked;
