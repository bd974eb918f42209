/// The SSH server of the sandbox host.
@NullMarked
package dev.enclaveconsole.sandbox.ssh;

import org.jspecify.annotations.NullMarked;
