/// The command `nitro-cli` of the sandbox host: arguments, checks, output and error codes of version 1.5.0.
@NullMarked
package dev.enclaveconsole.sandbox.nitrocli;

import org.jspecify.annotations.NullMarked;
