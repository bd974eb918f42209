package dev.enclaveconsole.sandbox.nitrocli;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes the calls of [dev.enclaveconsole.sandbox.nitrocli.client.NitroCliClient], each on its own thread.
public final class ControlSocket implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ControlSocket.class);
    private static final int MOST_ARGUMENTS = 1000;

    private final ServerSocketChannel server;
    private final NitroCli cli;

    private ControlSocket(ServerSocketChannel server, NitroCli cli) {
        this.server = server;
        this.cli = cli;
    }

    public static ControlSocket listen(Path socket, NitroCli cli) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        ControlSocket listening = new ControlSocket(server, cli);
        Thread.ofPlatform().daemon().name("nitro-cli-accept").start(listening::accept);
        return listening;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel caller = server.accept();
                Thread.ofPlatform().daemon().name("nitro-cli").start(() -> serve(caller));
            }
        } catch (IOException _) {
            // Closed with the sandbox.
        }
    }

    private void serve(SocketChannel caller) {
        try (caller;
                DataInputStream request = new DataInputStream(Channels.newInputStream(caller));
                DataOutputStream answer =
                        new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(caller)))) {
            Path folder = Path.of(request.readUTF());
            boolean backtrace = request.readUTF().equals("1");
            int count = request.readInt();
            if (count < 0 || count > MOST_ARGUMENTS) {
                return;
            }
            List<String> arguments = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                arguments.add(request.readUTF());
            }
            Terminal terminal = new Terminal(answer);
            terminal.exit(cli.run(new Call(arguments, folder, backtrace), terminal));
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("nitro-cli's caller went away", e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
