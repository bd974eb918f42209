/// What can go wrong in the user's world: what happened, why, and what to do.
@NullMarked
package dev.enclaveconsole.core.failure;

import org.jspecify.annotations.NullMarked;
