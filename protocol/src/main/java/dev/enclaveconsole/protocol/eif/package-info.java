/// The enclave image format: read, write, measure.
@NullMarked
package dev.enclaveconsole.protocol.eif;

import org.jspecify.annotations.NullMarked;
