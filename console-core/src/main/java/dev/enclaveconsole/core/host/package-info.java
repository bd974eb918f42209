/// Parent hosts: the list of them, SSH sessions, host keys, remote commands, the agent.
@NullMarked
package dev.enclaveconsole.core.host;

import org.jspecify.annotations.NullMarked;
