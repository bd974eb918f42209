package dev.enclaveconsole.agent.bridge;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// `serve`: each TCP connection becomes a connection to the enclave. TLS goes through untouched; this side never sees
/// what it protects.
///
/// A signal to stop closes the door first, lets open connections end within the drain time, then breaks the rest off.
/// Exit code 5: the address cannot be opened.
public final class ServeCommand {

    public static final int EXIT_NO_ADDRESS = 5;

    private static final int BACKLOG = 128;
    private static final long WATCH_MILLIS = 1_000;

    private final Dialer dialer;
    private final PrintStream output;
    private final PrintStream errors;
    private final Set<ServedConnection> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private boolean enclaveAnswers = true;

    public ServeCommand(Dialer dialer, PrintStream output, PrintStream errors) {
        this.dialer = dialer;
        this.output = output;
        this.errors = errors;
    }

    /// Serves until the process is told to end.
    public int run(ServeOptions options) throws InterruptedException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            server.bind(options.listen(), BACKLOG);
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> stop(server, options)));
            Thread.ofPlatform().daemon().name("idle").start(() -> watch(options.idle()));
            InetSocketAddress bound = (InetSocketAddress) server.getLocalAddress();
            output.println("parent-agent: serving " + bound.getAddress().getHostAddress() + ":" + bound.getPort()
                    + " for enclave " + options.target());
            output.flush();
            accept(server, options);
        } catch (IOException e) {
            if (stopping.getCount() > 0) {
                errors.println("parent-agent: cannot listen at " + options.listen() + ": " + e.getMessage());
                return EXIT_NO_ADDRESS;
            }
        }
        stopping.await();
        return 0;
    }

    private void accept(ServerSocketChannel server, ServeOptions options) throws IOException, InterruptedException {
        Semaphore places = new Semaphore(options.maxConnections());
        while (true) {
            places.acquire();
            SocketChannel caller = server.accept();
            Thread.ofPlatform().daemon().name("connection").start(() -> {
                try {
                    serve(caller, options.target());
                } finally {
                    places.release();
                }
            });
        }
    }

    private void serve(SocketChannel caller, VsockAddress target) {
        try (caller) {
            caller.setOption(StandardSocketOptions.TCP_NODELAY, true);
            caller.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            ServedConnection connection = new ServedConnection(caller, dial(target));
            open.add(connection);
            try {
                connection.carry();
            } finally {
                open.remove(connection);
            }
        } catch (IOException _) {
            // Told once by dial, or the caller went away.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Link dial(VsockAddress target) throws IOException {
        try {
            Link link = dialer.dial(target);
            tell(true, target, "");
            return link;
        } catch (IOException e) {
            tell(false, target, ": " + e.getMessage());
            throw e;
        }
    }

    /// One line per change, not per connection: the journal must not fill up.
    private synchronized void tell(boolean answers, VsockAddress target, String why) {
        if (answers != enclaveAnswers) {
            enclaveAnswers = answers;
            errors.println("parent-agent: enclave " + target + (answers ? " answers again" : " does not answer") + why);
        }
    }

    private void watch(Duration idle) {
        try {
            while (!stopping.await(WATCH_MILLIS, TimeUnit.MILLISECONDS)) {
                long now = System.nanoTime();
                open.stream()
                        .filter(connection -> now - connection.lastActivityNanos() > idle.toNanos())
                        .forEach(ServedConnection::abort);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void stop(ServerSocketChannel server, ServeOptions options) {
        stopping.countDown();
        try {
            server.close();
            long deadline = System.nanoTime() + options.drain().toNanos();
            while (!open.isEmpty() && System.nanoTime() < deadline) {
                Thread.sleep(20);
            }
        } catch (IOException e) {
            errors.println("parent-agent: " + e.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        open.forEach(ServedConnection::abort);
    }
}
