/// Enclaves on a parent host: run, list, console, terminate through nitro-cli.
@NullMarked
package dev.enclaveconsole.core.enclave;

import org.jspecify.annotations.NullMarked;
