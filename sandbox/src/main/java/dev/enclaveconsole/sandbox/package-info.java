/// Root package.
@NullMarked
package dev.enclaveconsole.sandbox;

import org.jspecify.annotations.NullMarked;
