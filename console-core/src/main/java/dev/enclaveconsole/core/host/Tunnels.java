package dev.enclaveconsole.core.host;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The tunnels of one session, in the order in which they were opened. They outlive a broken connection and end with
/// the session.
public final class Tunnels {
    private final SshLink link;
    private final List<TunnelListener> listeners = new ArrayList<>();

    Tunnels(SshLink link) {
        this.link = link;
    }

    /// Every program on this computer can use the port while the tunnel is open.
    ///
    /// @return with the port that was opened
    /// @throws ConsoleException `tunnel.port-taken`
    public synchronized Tunnel open(TunnelSpec spec) throws ConsoleException {
        try {
            TunnelListener listener = TunnelListener.open(link, spec);
            listeners.add(listener);
            return listener.snapshot();
        } catch (IOException e) {
            throw new ConsoleException(
                    Problem.failed(
                            "tunnel.port-taken",
                            "The port " + spec.localPort() + " of this computer cannot be opened.",
                            String.valueOf(e.getMessage()),
                            "Choose another port, or 0 for any free one."),
                    e);
        }
    }

    public synchronized List<Tunnel> list() {
        return listeners.stream().map(TunnelListener::snapshot).toList();
    }

    /// @return false if no tunnel is open on that port
    public synchronized boolean close(int localPort) {
        for (TunnelListener listener : List.copyOf(listeners)) {
            if (listener.snapshot().spec().localPort() == localPort) {
                listeners.remove(listener);
                listener.close();
                return true;
            }
        }
        return false;
    }

    synchronized void close() {
        listeners.forEach(TunnelListener::close);
        listeners.clear();
    }
}
