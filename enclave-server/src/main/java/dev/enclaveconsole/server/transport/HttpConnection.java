package dev.enclaveconsole.server.transport;

import dev.enclaveconsole.protocol.api.ApiError;
import dev.enclaveconsole.protocol.api.ErrorCode;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/// One client's connection: one request at a time, its head judged before its body is let in, its body bounded.
///
/// The channel reads only when asked, and is asked only while no request is being served, so a client that
/// sends faster than it is served waits in its own socket; what one read brought too much waits in `pending`.
/// Lives on one event loop; answers may come from any thread.
final class HttpConnection extends ChannelInboundHandlerAdapter {
    private static final long LINGER_MILLIS = 2_000;
    private static final long LINGER_BYTES = 4L << 20;

    private final HttpService service;
    private final Deque<Object> pending = new ArrayDeque<>();
    private Optional<byte[]> clientSpki = Optional.empty();
    private @Nullable InboundRequest inbound;
    private @Nullable Exchange current;
    private boolean writing;
    private boolean draining;
    private boolean lingering;
    private long lingeredBytes;
    private long quietSinceNanos = System.nanoTime();

    HttpConnection(HttpService service) {
        this.service = service;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        service.listener().connected();
        ctx.read();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        service.listener().disconnected();
        dropInbound();
        pending.forEach(ReferenceCountUtil::release);
        pending.clear();
        if (current != null) {
            current.abandon();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        switch (event) {
            case SslHandshakeCompletionEvent done when done.isSuccess() -> clientSpki = peerKey(ctx);
            case IdleStateEvent _ -> closeIfStalled(ctx);
            default -> ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // closing needs no follow-up
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        pending.addLast(message);
        drain(ctx);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (!busy()) {
            ctx.read();
        }
    }

    private boolean busy() {
        return current != null || writing;
    }

    private void drain(ChannelHandlerContext ctx) {
        if (draining) {
            return;
        }
        draining = true;
        try {
            while (!busy() && !pending.isEmpty()) {
                Object message = pending.removeFirst();
                try {
                    handle(ctx, message);
                } finally {
                    ReferenceCountUtil.release(message);
                }
            }
        } finally {
            draining = false;
        }
    }

    private void handle(ChannelHandlerContext ctx, Object message) {
        if (lingering) {
            linger(ctx, message);
        } else if (message instanceof HttpObject object
                && object.decoderResult().isFailure()) {
            dropInbound();
            refuse(ctx, "none", "/", malformed(), false);
        } else if (message instanceof HttpRequest request) {
            begin(ctx, request);
        } else if (message instanceof HttpContent content && inbound != null) {
            receive(ctx, inbound, content);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a failing write closes the connection by itself
    private void begin(ChannelHandlerContext ctx, HttpRequest request) {
        String path = InboundRequest.pathOf(request);
        String route = "none";
        try {
            Router.Match match = service.router().find(request.method().name(), path);
            route = match.route().name();
            InboundRequest accepted = InboundRequest.accept(ctx, request, path, match, clientSpki, service);
            if (HttpUtil.is100ContinueExpected(request)) {
                ctx.writeAndFlush(InboundRequest.continueReply());
            }
            inbound = accepted;
        } catch (Refusal refusal) {
            boolean smallBody = InboundRequest.hasSmallBody(request);
            if (smallBody && HttpUtil.isKeepAlive(request)) {
                inbound = InboundRequest.refused(request, path, route, refusal);
            } else {
                refuse(ctx, route, path, refusal, false);
            }
        }
    }

    private void receive(ChannelHandlerContext ctx, InboundRequest request, HttpContent content) {
        try {
            request.add(content.content());
        } catch (Refusal refusal) {
            dropInbound();
            refuse(ctx, request.routeName(), request.path(), refusal, false);
            return;
        }
        if (!(content instanceof LastHttpContent)) {
            return;
        }
        inbound = null;
        Refusal refusal = request.refusal();
        if (refusal != null) {
            request.discard();
            refuse(ctx, request.routeName(), request.path(), refusal, true);
        } else {
            dispatch(ctx, request);
        }
    }

    private void dispatch(ChannelHandlerContext ctx, InboundRequest request) {
        String route = request.routeName();
        boolean keepAlive = request.keepAlive();
        Exchange exchange =
                request.exchange(reply -> ctx.executor().execute(() -> write(ctx, route, reply, keepAlive)));
        current = exchange;
        try {
            request.route().handle(exchange);
        } catch (Refusal refusal) {
            exchange.fail(refusal);
        } catch (RuntimeException e) {
            service.listener().fault(route, e);
            exchange.fail(internal());
        }
    }

    private void refuse(ChannelHandlerContext ctx, String route, String path, Refusal refusal, boolean keepAlive) {
        ApiError error = refusal.error();
        write(ctx, route, Reply.failure(path, error), keepAlive);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the listener is the follow-up
    private void write(ChannelHandlerContext ctx, String route, Reply reply, boolean keepAlive) {
        current = null;
        if (!ctx.channel().isActive()) {
            return;
        }
        service.listener().answered(route, reply.status());
        boolean stay = keepAlive && !reply.close();
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(reply.status()), Unpooled.wrappedBuffer(reply.body()));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, reply.contentType())
                .setInt(HttpHeaderNames.CONTENT_LENGTH, reply.body().length);
        reply.headers().forEach((name, value) -> response.headers().set(name, value));
        HttpUtil.setKeepAlive(response, stay);
        writing = true;
        ctx.writeAndFlush(response).addListener(done -> {
            writing = false;
            quietSinceNanos = System.nanoTime();
            if (!done.isSuccess()) {
                ctx.close();
            } else {
                if (!stay) {
                    startLinger(ctx);
                }
                resume(ctx);
            }
        });
    }

    /// The client may still be sending: closing now would reset the connection under the answer. It gets a moment, and
    /// what it sends meanwhile is dropped.
    @SuppressWarnings("FutureReturnValueIgnored") // a timer and a close need no follow-up
    private void startLinger(ChannelHandlerContext ctx) {
        lingering = true;
        ctx.executor().schedule((Runnable) ctx::close, LINGER_MILLIS, TimeUnit.MILLISECONDS);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // closing needs no follow-up
    private void linger(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpContent content) {
            lingeredBytes += content.content().readableBytes();
        }
        if (lingeredBytes > LINGER_BYTES || message instanceof LastHttpContent) {
            ctx.close();
        }
    }

    private void resume(ChannelHandlerContext ctx) {
        drain(ctx);
        if (!busy() && !draining) {
            ctx.read();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // closing needs no follow-up
    private void closeIfStalled(ChannelHandlerContext ctx) {
        boolean underWay = inbound != null || writing;
        boolean quietTooLong = current == null
                && System.nanoTime() - quietSinceNanos
                        >= service.limits().keepAlive().toNanos();
        if (underWay || quietTooLong) {
            ctx.close();
        }
    }

    private void dropInbound() {
        if (inbound != null) {
            inbound.discard();
            inbound = null;
        }
    }

    private static Optional<byte[]> peerKey(ChannelHandlerContext ctx) {
        SslHandler tls = ctx.pipeline().get(SslHandler.class);
        try {
            return Optional.of(tls.engine()
                    .getSession()
                    .getPeerCertificates()[0]
                    .getPublicKey()
                    .getEncoded());
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }

    private static Refusal malformed() {
        return new Refusal(
                ErrorCode.BAD_REQUEST, "The request is no well-formed HTTP/1.1.", "Send it with an HTTP client.");
    }

    private static Refusal internal() {
        return new Refusal(
                ErrorCode.INTERNAL,
                "The enclave failed on this request.",
                "Look at the enclave's console; the next request is served as usual.");
    }
}
