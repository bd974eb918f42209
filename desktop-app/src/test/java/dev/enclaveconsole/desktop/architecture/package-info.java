@NullMarked
package dev.enclaveconsole.desktop.architecture;

import org.jspecify.annotations.NullMarked;
