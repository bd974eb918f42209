/// The security module of the sandbox: measures, signs, with a root of its own.
@NullMarked
package dev.enclaveconsole.sandbox.nsm;

import org.jspecify.annotations.NullMarked;
