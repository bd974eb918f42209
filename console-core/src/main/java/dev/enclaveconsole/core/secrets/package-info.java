/// Secrets that outlive the program, in the operating system's own keychain and nowhere else.
@NullMarked
package dev.enclaveconsole.core.secrets;

import org.jspecify.annotations.NullMarked;
