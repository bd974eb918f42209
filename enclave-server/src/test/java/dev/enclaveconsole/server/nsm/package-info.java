@NullMarked
package dev.enclaveconsole.server.nsm;

import org.jspecify.annotations.NullMarked;
