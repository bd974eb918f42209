package dev.enclaveconsole.core.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// A TCP proxy on loopback through which every byte takes its time, in both directions, without limiting how many are
/// on their way.
final class DelayingProxy implements AutoCloseable {
    private record Packet(byte[] bytes, long dueNanos) {}

    private final ServerSocket server;
    private final int target;
    private final Duration oneWay;

    private DelayingProxy(ServerSocket server, int target, Duration oneWay) {
        this.server = server;
        this.target = target;
        this.oneWay = oneWay;
    }

    static DelayingProxy start(int target, Duration roundTrip) throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        DelayingProxy proxy = new DelayingProxy(server, target, roundTrip.dividedBy(2));
        Thread.startVirtualThread(proxy::accept);
        return proxy;
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket near = server.accept();
                Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                carry(near, far);
                carry(far, near);
            } catch (IOException e) {
                return;
            }
        }
    }

    private void carry(Socket from, Socket to) throws IOException {
        BlockingQueue<Packet> onTheWay = new ArrayBlockingQueue<>(4096);
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        Thread.ofPlatform().daemon().start(() -> {
            byte[] buffer = new byte[64 * 1024];
            try {
                int n;
                while ((n = in.read(buffer)) > 0) {
                    onTheWay.put(new Packet(java.util.Arrays.copyOf(buffer, n), System.nanoTime() + oneWay.toNanos()));
                }
                onTheWay.put(new Packet(new byte[0], System.nanoTime() + oneWay.toNanos()));
            } catch (IOException | InterruptedException e) {
                onTheWay.offer(new Packet(new byte[0], System.nanoTime()));
            }
        });
        Thread.ofPlatform().daemon().start(() -> {
            try (from;
                    to) {
                while (true) {
                    Packet packet = onTheWay.take();
                    TimeUnit.NANOSECONDS.sleep(Math.max(0, packet.dueNanos() - System.nanoTime()));
                    if (packet.bytes().length == 0) {
                        to.shutdownOutput();
                        return;
                    }
                    out.write(packet.bytes());
                }
            } catch (IOException | InterruptedException e) {
                // one side is gone
            }
        });
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
