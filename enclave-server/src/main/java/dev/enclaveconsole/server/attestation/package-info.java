/// Attestation documents that bind this enclave's TLS key and operator.
@NullMarked
package dev.enclaveconsole.server.attestation;

import org.jspecify.annotations.NullMarked;
