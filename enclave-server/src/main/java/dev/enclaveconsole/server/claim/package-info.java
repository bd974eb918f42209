/// Who operates this enclave: the first client that claims it.
@NullMarked
package dev.enclaveconsole.server.claim;

import org.jspecify.annotations.NullMarked;
