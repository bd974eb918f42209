package dev.enclaveconsole.sandbox.ssh;

import java.io.IOException;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.server.channel.ChannelSession;

/// A session channel that can tell the client of the end of a command's output while the command still runs, as
/// OpenSSH's does.
final class SessionChannel extends ChannelSession {

    static final ChannelFactory FACTORY = new ChannelFactory() {
        @Override
        public String getName() {
            return "session";
        }

        @Override
        public Channel createChannel(Session session) {
            return new SessionChannel();
        }
    };

    void endOutput() throws IOException {
        sendEof();
    }
}
