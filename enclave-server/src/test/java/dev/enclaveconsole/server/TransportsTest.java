package dev.enclaveconsole.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.enclaveconsole.server.transport.HttpService;
import dev.enclaveconsole.server.transport.ListenAddress;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransportsTest {
    @TempDir
    Path folder;

    @Test
    void servesOnAUnixSocketWithThePostQuantumGroup() throws Exception {
        Path socket = folder.resolve("enclave.sock");
        var environment = new ServerEnvironment(
                new ListenAddress.Unix(socket.toString()), "/dev/nsm", RunningServer.home(folder, "open"));
        try (EnclaveServer server = EnclaveServer.start(environment, HttpService.ConnectionLimits.DEFAULT, _ -> {})) {
            assertThat(server.address().toString()).isEqualTo("unix:" + socket);
            assertThat(health(socket, "X25519MLKEM768")).contains("\"status\":\"ok\"");
            assertThat(health(socket, "X25519")).contains("\"status\":\"ok\"");
            assertThatThrownBy(() -> health(socket, "P-256")).isInstanceOf(Exception.class);
        }
    }

    @Test
    void readsItsListenAddresses() throws Exception {
        assertThat(ListenAddress.parse("vsock:8443")).isEqualTo(new ListenAddress.Vsock(8443));
        assertThat(ListenAddress.parse("unix:/a b.sock")).isEqualTo(new ListenAddress.Unix("/a b.sock"));
        assertThat(ListenAddress.parse("tcp:127.0.0.1:0")).isEqualTo(new ListenAddress.Tcp("127.0.0.1", 0));
        for (String wrong : new String[] {"", "tcp:1", "tcp:127.0.0.1:x", "vsock:70000", "unix:relative", "http://x"}) {
            assertThatThrownBy(() -> ListenAddress.parse(wrong)).hasMessageContaining("use vsock:PORT");
        }
    }

    @Test
    void saysThatAnAddressIsTaken() throws Exception {
        try (RunningServer running = RunningServer.start(RunningServer.home(folder, "open"))) {
            var environment = new ServerEnvironment(running.server.address(), "/dev/nsm", folder);
            assertThatThrownBy(() -> EnclaveServer.start(environment, HttpService.ConnectionLimits.DEFAULT, _ -> {}))
                    .isInstanceOf(StartupFailure.class)
                    .hasMessageContaining("tcp:127.0.0.1:" + running.port() + " cannot be listened on");
        }
    }

    private static String health(Path socket, String group) throws Exception {
        SslContext tls = SslContextBuilder.forClient()
                .sslProvider(SslProvider.OPENSSL)
                .protocols("TLSv1.3")
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .endpointIdentificationAlgorithm(null)
                .option(OpenSslContextOption.GROUPS, new String[] {group})
                .build();
        var answer = new CompletableFuture<String>();
        try (var loops = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory())) {
            Channel channel = new Bootstrap()
                    .group(loops)
                    .channel(EpollDomainSocketChannel.class)
                    .handler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel made) {
                            made.pipeline()
                                    .addLast(
                                            tls.newHandler(made.alloc()),
                                            new HttpClientCodec(),
                                            new HttpObjectAggregator(1 << 20),
                                            new Answer(answer));
                        }
                    })
                    .connect(new DomainSocketAddress(socket.toString()))
                    .sync()
                    .channel();
            channel.writeAndFlush(new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/health"))
                    .sync();
            String text = answer.get(30, TimeUnit.SECONDS);
            channel.close().sync();
            return text;
        }
    }

    private static final class Answer extends SimpleChannelInboundHandler<FullHttpResponse> {
        private final CompletableFuture<String> answer;

        Answer(CompletableFuture<String> answer) {
            this.answer = answer;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, FullHttpResponse response) {
            answer.complete(response.content().toString(StandardCharsets.UTF_8));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            answer.completeExceptionally(cause);
        }
    }
}
