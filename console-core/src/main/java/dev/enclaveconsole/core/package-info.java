/// Root package.
@NullMarked
package dev.enclaveconsole.core;

import org.jspecify.annotations.NullMarked;
