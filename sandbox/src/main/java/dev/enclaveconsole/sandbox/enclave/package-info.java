/// Enclaves of the sandbox: images unpacked, processes started without network, consoles kept.
@NullMarked
package dev.enclaveconsole.sandbox.enclave;

import org.jspecify.annotations.NullMarked;
