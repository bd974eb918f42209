package dev.enclaveconsole.server.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.timeout.IdleStateHandler;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Builds a connection's pipeline: TLS, HTTP/1.1, idle watch, [HttpConnection].
final class ConnectionInitializer extends ChannelInitializer<Channel> {
    private final SslContext tls;
    private final HttpService service;
    private final AtomicInteger open = new AtomicInteger();

    ConnectionInitializer(SslContext tls, HttpService service) {
        this.tls = tls;
        this.service = service;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a refused connection needs no follow-up
    protected void initChannel(Channel channel) {
        if (open.incrementAndGet() > service.limits().maxConnections()) {
            open.decrementAndGet();
            channel.close();
            return;
        }
        channel.closeFuture().addListener(_ -> open.decrementAndGet());
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast(tls.newHandler(channel.alloc()));
        pipeline.addLast(new HttpServerCodec(new HttpDecoderConfig()
                .setMaxInitialLineLength(8 << 10)
                .setMaxHeaderSize(16 << 10)
                .setMaxChunkSize(64 << 10)));
        long idleMillis = service.limits().receive().toMillis();
        pipeline.addLast(new IdleStateHandler(true, 0, 0, idleMillis, TimeUnit.MILLISECONDS));
        pipeline.addLast(new HttpConnection(service));
    }
}
