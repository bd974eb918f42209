/// Processes of the sandbox and the janitor that ends them all.
@NullMarked
package dev.enclaveconsole.sandbox.process;

import org.jspecify.annotations.NullMarked;
