/// Listening on vsock, a Unix socket or TCP, TLS 1.3 that ends here, and HTTP/1.1 with bounded bodies.
@NullMarked
package dev.enclaveconsole.server.transport;

import org.jspecify.annotations.NullMarked;
