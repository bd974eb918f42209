package dev.enclaveconsole.sandbox.ssh;

import dev.enclaveconsole.sandbox.process.Janitor;
import java.io.IOException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.forward.DirectTcpipFactory;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/// The SSH server: one user, one key, commands without terminal, SFTP, connections onward to loopback. It listens on
/// 127.0.0.1 only.
public final class SshEndpoint implements AutoCloseable {

    private static final AttributeRepository.AttributeKey<Map<String, String>> LOGIN =
            new AttributeRepository.AttributeKey<>();

    private final SshServer server;

    private SshEndpoint(SshServer server) {
        this.server = server;
    }

    public static SshEndpoint start(Account account, KeyPair hostKey, Janitor janitor) throws IOException {
        SshServer server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setPort(0);
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        server.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
        server.setPublickeyAuthenticator((user, key, session) -> {
            session.setAttribute(LOGIN, account.atLogin().get());
            return user.equals(account.name()) && KeyUtils.compareKeys(key, account.key());
        });
        server.setCommandFactory((channel, line) -> new ExecCommand(line, account, login(channel), janitor));
        server.setShellFactory(null);
        server.setChannelFactories(List.of(SessionChannel.FACTORY, DirectTcpipFactory.INSTANCE));
        server.setForwardingFilter(new LoopbackOnly());
        server.setAgentFactory(null);
        server.setSubsystemFactories(List.of(new SftpSubsystemFactory.Builder()
                .withFileSystemAccessor(new HomeFileSystem(account.home()))
                .build()));
        CoreModuleProperties.TCP_NODELAY.set(server, true);
        CoreModuleProperties.IDLE_TIMEOUT.set(server, Duration.ZERO);
        CoreModuleProperties.SERVER_IDENTIFICATION.set(server, "enclave-console-sandbox");
        server.start();
        return new SshEndpoint(server);
    }

    private static Map<String, String> login(ChannelSession channel) {
        Map<String, String> variables = channel.getSession().getAttribute(LOGIN);
        return variables == null ? Map.of() : variables;
    }

    public int port() {
        return server.getPort();
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }
}
