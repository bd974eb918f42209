/// The Nitro Secure Module: its port, the real device and the same protocol over a Unix socket.
@NullMarked
package dev.enclaveconsole.server.nsm;

import org.jspecify.annotations.NullMarked;
