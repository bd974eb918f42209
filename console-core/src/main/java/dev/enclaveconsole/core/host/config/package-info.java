/// OpenSSH's client configuration, read as ssh_config(5) says, and the hosts that can be taken from it.
@NullMarked
package dev.enclaveconsole.core.host.config;

import org.jspecify.annotations.NullMarked;
