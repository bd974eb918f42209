/// NSM requests, attestation documents and their verification.
@NullMarked
package dev.enclaveconsole.protocol.attestation;

import org.jspecify.annotations.NullMarked;
