/// Prediction over HTTP: requests, the bounded queue, the workers, the answers.
@NullMarked
package dev.enclaveconsole.server.predict;

import org.jspecify.annotations.NullMarked;
