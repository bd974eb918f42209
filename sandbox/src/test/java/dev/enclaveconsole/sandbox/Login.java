package dev.enclaveconsole.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.channel.direct.Session;
import net.schmizz.sshj.transport.verification.OpenSSHKnownHosts;

/// A client of the sandbox host that trusts the key which the sandbox names, and no other.
final class Login implements AutoCloseable {

    private final SSHClient client = new SSHClient();

    Login(SandboxHost host) throws IOException {
        client.addHostKeyVerifier(new OpenSSHKnownHosts(new StringReader(host.knownHostsLine())));
        client.connect("127.0.0.1", host.port());
        client.authPublickey(host.user(), host.identityFile().toString());
    }

    record Result(int code, String output, String errors) {}

    SSHClient client() {
        return client;
    }

    Result run(String line) throws IOException {
        try (Session session = client.startSession()) {
            Session.Command command = session.exec(line);
            command.getOutputStream().close();
            var errors = CompletableFuture.supplyAsync(() -> text(command.getErrorStream()));
            String output = text(command.getInputStream());
            command.join(60, TimeUnit.SECONDS);
            Integer code = command.getExitStatus();
            return new Result(code == null ? -1 : code, output, errors.join());
        }
    }

    @Override
    public void close() throws IOException {
        client.disconnect();
    }

    private static String text(InputStream stream) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            stream.transferTo(bytes);
            return bytes.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
