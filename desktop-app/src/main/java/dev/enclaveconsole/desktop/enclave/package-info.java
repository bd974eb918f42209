/// Enclaves of the connected host: run, console, terminate.
@NullMarked
package dev.enclaveconsole.desktop.enclave;

import org.jspecify.annotations.NullMarked;
