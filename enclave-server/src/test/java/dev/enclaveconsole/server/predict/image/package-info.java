@NullMarked
package dev.enclaveconsole.server.predict.image;

import org.jspecify.annotations.NullMarked;
