/// Carries the bytes of one connection between standard input and output and a port of an enclave.
@NullMarked
package dev.enclaveconsole.agent.bridge;

import org.jspecify.annotations.NullMarked;
