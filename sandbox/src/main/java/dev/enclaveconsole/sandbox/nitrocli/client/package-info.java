/// The program `nitro-cli` of the sandbox host: needs nothing but the Java base module, so that it starts at once.
@NullMarked
package dev.enclaveconsole.sandbox.nitrocli.client;

import org.jspecify.annotations.NullMarked;
