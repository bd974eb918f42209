/// Root package.
@NullMarked
package dev.enclaveconsole.agent;

import org.jspecify.annotations.NullMarked;
