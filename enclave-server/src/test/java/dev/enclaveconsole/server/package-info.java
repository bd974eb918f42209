@NullMarked
package dev.enclaveconsole.server;

import org.jspecify.annotations.NullMarked;
