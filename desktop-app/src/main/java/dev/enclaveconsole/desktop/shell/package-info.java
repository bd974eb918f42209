/// The window: navigation, palette, tasks, theme; composes everything.
@NullMarked
package dev.enclaveconsole.desktop.shell;

import org.jspecify.annotations.NullMarked;
