package dev.enclaveconsole.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.enclaveconsole.protocol.api.Limits;
import dev.enclaveconsole.server.transport.HttpService;
import dev.enclaveconsole.server.transport.TlsIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionsTest {
    @TempDir
    Path folder;

    private RunningServer running;

    @BeforeEach
    void start() throws Exception {
        var limits = new HttpService.ConnectionLimits(200, Duration.ofMillis(1500), Duration.ofSeconds(60));
        running = RunningServer.start(RunningServer.home(folder, "open"), limits);
    }

    @AfterEach
    void stop() throws Exception {
        running.close();
    }

    @Test
    void refusesTooLargeABodyWithoutReadingItAll() throws Exception {
        var body = new EndlessBody(200L << 20);
        RunningServer.Answer answer = running.post(running.stranger, "/v1/predict", body);
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.code()).isEqualTo("BODY_TOO_LARGE");
        assertThat(body.written).isLessThan(40L << 20);
        assertThat(running.post(running.stranger, "/v1/predict", PredictTest.photo())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void refusesTooLargeAChunkedBodyAtTheLimit() throws Exception {
        String request = "POST /v1/predict HTTP/1.1\r\nHost: e\r\nTransfer-Encoding: chunked\r\n\r\n";
        try (SSLSocket socket = socket()) {
            var out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            byte[] chunk = new byte[1 << 20];
            try {
                for (int i = 0; i <= Limits.MAX_BODY_BYTES / chunk.length; i++) {
                    out.write("100000\r\n".getBytes(StandardCharsets.US_ASCII));
                    out.write(chunk);
                    out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                }
            } catch (IOException e) {
                assertThat(e).isInstanceOf(IOException.class);
            }
            assertThat(firstLine(socket.getInputStream())).contains("413");
        }
    }

    @Test
    void answersExpectContinueBeforeTheBodyIsSent() throws Exception {
        try (SSLSocket socket = socket()) {
            send(
                    socket,
                    "POST /v1/predict HTTP/1.1\r\nHost: e\r\nExpect: 100-continue\r\nContent-Length: 99999999\r\n\r\n");
            assertThat(firstLine(socket.getInputStream())).isEqualTo("HTTP/1.1 413 Request Entity Too Large");
        }
        byte[] photo = PredictTest.photo();
        try (SSLSocket socket = socket()) {
            send(
                    socket,
                    "POST /v1/predict HTTP/1.1\r\nHost: e\r\nExpect: 100-continue\r\nContent-Length: %d\r\n\r\n"
                            .formatted(photo.length));
            assertThat(firstLine(socket.getInputStream())).isEqualTo("HTTP/1.1 100 Continue");
            socket.getOutputStream().write(photo);
            assertThat(firstLine(socket.getInputStream())).isEmpty();
            assertThat(firstLine(socket.getInputStream())).isEqualTo("HTTP/1.1 200 OK");
        }
    }

    @Test
    void servesPipelinedRequestsInOrder() throws Exception {
        try (SSLSocket socket = socket()) {
            send(
                    socket,
                    "GET /v2/health/live HTTP/1.1\r\nHost: e\r\n\r\nGET /nothing HTTP/1.1\r\nHost: e\r\n\r\n".repeat(50)
                            + "GET /health HTTP/1.1\r\nHost: e\r\nConnection: close\r\n\r\n");
            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(all.split("HTTP/1.1 200 OK", -1)).hasSize(52);
            assertThat(all.split("HTTP/1.1 404 Not Found", -1)).hasSize(51);
            assertThat(all).endsWith("\"faults\":[]}");
        }
    }

    @Test
    void refusesWhatIsNoHttp() throws Exception {
        try (SSLSocket socket = socket()) {
            send(socket, "\u0001\u0002 nonsense\r\n\r\n");
            assertThat(firstLine(socket.getInputStream())).contains("400");
        }
    }

    @Test
    void speaksOnlyTls13() throws Exception {
        try (SSLSocket socket = socket()) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
        }
    }

    @Test
    void slowAndDyingClientsBlockNobodyAndAreDropped() throws Exception {
        List<SSLSocket> slow = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            SSLSocket socket = socket();
            send(socket, "POST /v1/predict HTTP/1.1\r\nHost: e\r\nContent-Length: 1000000\r\n\r\nabc");
            slow.add(socket);
        }
        assertThat(running.post(running.stranger, "/v1/predict", PredictTest.photo())
                        .status())
                .isEqualTo(200);
        slow.getFirst().setSoTimeout(20_000);
        assertThat(slow.getFirst().getInputStream().read()).isEqualTo(-1);
        for (SSLSocket socket : slow) {
            socket.close();
        }
        assertThat(eventually("enclave_body_bytes 0")).isTrue();
    }

    @Test
    void answersBusyWhenTheQueueIsFull() throws Exception {
        holdWorkers();
        List<SSLSocket> sockets = uploads(40);
        assertThat(eventually("enclave_requests_total{route=\"predict\",status=\"503\"} 8"))
                .isTrue();
        for (SSLSocket socket : sockets) {
            socket.close();
        }
        assertThat(eventually("enclave_queue_requests 0")).isTrue();
        assertThat(running.post(running.stranger, "/v1/predict", PredictTest.photo())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void forgetsRequestsWhoseClientHasGone() throws Exception {
        holdWorkers();
        List<SSLSocket> sockets = uploads(10);
        assertThat(eventually("enclave_queue_requests 10")).isTrue();
        for (SSLSocket socket : sockets) {
            socket.close();
        }
        assertThat(eventually("enclave_queue_requests 0")).isTrue();
        assertThat(metrics()).doesNotContain("enclave_images_total{result=\"ok\"}");
    }

    /// Both workers get an image that takes seconds.
    private void holdWorkers() throws Exception {
        byte[] large = LargePng.grey(9_000, 9_000);
        for (int i = 0; i < 2; i++) {
            send(
                    socket(),
                    "POST /v1/predict HTTP/1.1\r\nHost: e\r\nContent-Length: %d\r\n\r\n".formatted(large.length),
                    large);
        }
        assertThat(eventually("enclave_busy_workers 2")).isTrue();
    }

    private List<SSLSocket> uploads(int count) throws Exception {
        byte[] photo = PredictTest.photo();
        List<SSLSocket> sockets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            SSLSocket socket = socket();
            send(
                    socket,
                    "POST /v1/predict HTTP/1.1\r\nHost: e\r\nContent-Length: %d\r\n\r\n".formatted(photo.length),
                    photo);
            sockets.add(socket);
        }
        return sockets;
    }

    private static void send(SSLSocket socket, String head, byte[] body) throws IOException {
        send(socket, head);
        socket.getOutputStream().write(body);
        socket.getOutputStream().flush();
    }

    private String metrics() throws IOException {
        var request = new Request.Builder().url(running.url("/metrics")).build();
        try (Response response = running.stranger.newCall(request).execute()) {
            return response.body().string();
        }
    }

    private boolean eventually(String line) throws IOException, InterruptedException {
        for (int i = 0; i < 300; i++) {
            if (metrics().lines().anyMatch(line::equals)) {
                return true;
            }
            Thread.sleep(100);
        }
        return false;
    }

    private SSLSocket socket() throws Exception {
        var factory =
                RunningServer.sslContext(Optional.of(TlsIdentity.create())).getSocketFactory();
        var socket = (SSLSocket) factory.createSocket("127.0.0.1", running.port());
        socket.setSoTimeout(60_000);
        return socket;
    }

    private static void send(SSLSocket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    private static String firstLine(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private static final class EndlessBody extends RequestBody {
        private final long length;
        private volatile long written;

        EndlessBody(long length) {
            this.length = length;
        }

        @Override
        public MediaType contentType() {
            return MediaType.get("image/jpeg");
        }

        @Override
        public long contentLength() {
            return length;
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
        public void writeTo(BufferedSink sink) throws IOException {
            byte[] block = new byte[64 << 10];
            for (long sent = 0; sent < length; sent += block.length) {
                sink.write(block);
                sink.flush();
                written += block.length;
            }
        }
    }
}
