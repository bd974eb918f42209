/// Requests and answers of the enclave's HTTP interface, its limits and its typed errors.
@NullMarked
package dev.enclaveconsole.protocol.api;

import org.jspecify.annotations.NullMarked;
