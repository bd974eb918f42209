package dev.enclaveconsole.core.host;

import java.time.Duration;
import java.util.List;
import net.schmizz.sshj.SSHClient;

/// A connected chain of clients, the last one being the parent host's.
///
/// @param roundTrip time that one request to the parent host took
record SshConnection(List<SSHClient> hops, NegotiatedAlgorithms negotiated, Duration roundTrip)
        implements AutoCloseable {

    SSHClient client() {
        return hops.getLast();
    }

    boolean isAlive() {
        return SshClients.isAlive(client());
    }

    @Override
    public void close() {
        hops.reversed().forEach(SshClients::closeQuietly);
    }
}
