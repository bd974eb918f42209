/// The verdict on the enclave, step by step.
@NullMarked
package dev.enclaveconsole.desktop.trust;

import org.jspecify.annotations.NullMarked;
