/// Work that takes longer than 50 ms: progress, elapsed time, cancel, result.
@NullMarked
package dev.enclaveconsole.core.operation;

import org.jspecify.annotations.NullMarked;
