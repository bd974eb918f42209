/// Root package.
@NullMarked
package dev.enclaveconsole.desktop;

import org.jspecify.annotations.NullMarked;
