package dev.enclaveconsole.core.host;

import java.io.IOException;

/// The agent on the parent host ended a connection; its message is what it said on standard error.
public final class AgentException extends IOException {
    AgentException(String message) {
        super(message);
    }
}
