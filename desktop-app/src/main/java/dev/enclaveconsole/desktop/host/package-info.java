/// Parent hosts: list, connection, host keys, recorded commands.
@NullMarked
package dev.enclaveconsole.desktop.host;

import org.jspecify.annotations.NullMarked;
