/// The Open Inference Protocol V2 (REST).
@NullMarked
package dev.enclaveconsole.server.predict.v2;

import org.jspecify.annotations.NullMarked;
