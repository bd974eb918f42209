/// The terminal: every action of the console as a verb, over the same core as the windows.
@NullMarked
package dev.enclaveconsole.desktop.cli;

import org.jspecify.annotations.NullMarked;
