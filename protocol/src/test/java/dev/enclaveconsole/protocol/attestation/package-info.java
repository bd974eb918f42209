@NullMarked
package dev.enclaveconsole.protocol.attestation;

import org.jspecify.annotations.NullMarked;
