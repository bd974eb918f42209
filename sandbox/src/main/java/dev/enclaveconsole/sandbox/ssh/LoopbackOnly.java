package dev.enclaveconsole.sandbox.ssh;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.apache.sshd.server.forward.ForwardingFilter;

/// Forwards connections to this machine's loopback addresses and nothing else: no listening, no agent, no X11.
final class LoopbackOnly implements ForwardingFilter {

    @Override
    public boolean canConnect(Type type, SshdSocketAddress address, Session session) {
        try {
            return InetAddress.getByName(address.getHostName()).isLoopbackAddress();
        } catch (UnknownHostException _) {
            return false;
        }
    }

    @Override
    public boolean canListen(SshdSocketAddress address, Session session) {
        return false;
    }

    @Override
    public boolean canForwardAgent(Session session, String requestType) {
        return false;
    }

    @Override
    public boolean canForwardX11(Session session, String requestType) {
        return false;
    }
}
