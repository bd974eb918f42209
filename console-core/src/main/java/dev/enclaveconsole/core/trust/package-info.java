/// The attested session with an enclave, pinned measurements, the operator's key, saved verdicts.
@NullMarked
package dev.enclaveconsole.core.trust;

import org.jspecify.annotations.NullMarked;
