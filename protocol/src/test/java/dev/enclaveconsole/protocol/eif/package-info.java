@NullMarked
package dev.enclaveconsole.protocol.eif;

import org.jspecify.annotations.NullMarked;
