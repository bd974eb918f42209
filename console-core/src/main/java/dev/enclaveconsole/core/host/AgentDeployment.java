package dev.enclaveconsole.core.host;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.operation.OperationContext;

/// The parent agent on one host: uploaded once per version to `~/.enclave-console/agent/VERSION/`.
@SuppressWarnings("DoNotCallSuggester")
public final class AgentDeployment {
    AgentDeployment() {}

    /// Makes sure that the agent is on the host and is the one of this distribution; does nothing if it is.
    ///
    /// @return path of its launcher, relative to the user's home there
    /// @throws ConsoleException `agent.archive-missing`, `agent.digest-differs`, `agent.unpack-failed`
    public synchronized String ensure(OperationContext context) throws ConsoleException {
        throw new UnsupportedOperationException();
    }
}
