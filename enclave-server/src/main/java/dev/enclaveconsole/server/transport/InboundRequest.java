package dev.enclaveconsole.server.transport;

import dev.enclaveconsole.protocol.api.ErrorCode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A request whose body is arriving. Holds its share of the [BodyBudget] until it is discarded or its exchange
/// answered.
final class InboundRequest {
    private static final int FIRST_CAPACITY = 1 << 20;
    private static final long SMALL_BODY = 64L << 10;

    private final @Nullable Route route;
    private final String routeName;
    private final Exchange.Head head;
    private final boolean keepAlive;
    private final ByteBuf body;
    private final @Nullable BodyBudget budget;
    private final @Nullable Refusal refusal;
    private long reserved;

    private InboundRequest(
            @Nullable Route route,
            String routeName,
            Exchange.Head head,
            boolean keepAlive,
            ByteBuf body,
            @Nullable BodyBudget budget,
            @Nullable Refusal refusal) {
        this.route = route;
        this.routeName = routeName;
        this.head = head;
        this.keepAlive = keepAlive;
        this.body = body;
        this.budget = budget;
        this.refusal = refusal;
    }

    static InboundRequest accept(
            ChannelHandlerContext ctx,
            HttpRequest request,
            String path,
            Router.Match match,
            Optional<byte[]> clientSpki,
            HttpService service)
            throws Refusal {
        Route route = match.route();
        if (route.access() == Route.Access.OPERATOR && !service.operators().permits(clientSpki)) {
            throw new Refusal(
                    ErrorCode.NOT_OPERATOR,
                    "Only this enclave's operator may do that.",
                    "Claim the enclave first, or connect with the key that claimed it.");
        }
        long declared = HttpUtil.getContentLength(request, 0L);
        if (declared > route.maxBodyBytes()) {
            throw tooLarge(route);
        }
        boolean hasBody = declared > 0 || HttpUtil.isTransferEncodingChunked(request);
        ByteBuf body =
                hasBody ? ctx.alloc().directBuffer(Math.clamp(declared, 4096, FIRST_CAPACITY)) : Unpooled.EMPTY_BUFFER;
        var head = new Exchange.Head(
                path,
                match.parameters(),
                query(request),
                request.headers().get(HttpHeaderNames.CONTENT_TYPE, ""),
                request.headers().get(HttpHeaderNames.ACCEPT, ""),
                clientSpki);
        return new InboundRequest(
                route, route.name(), head, HttpUtil.isKeepAlive(request), body, service.budget(), null);
    }

    /// A refused request whose small body is read to its end, so that the connection stays usable.
    static InboundRequest refused(HttpRequest request, String path, String routeName, Refusal refusal) {
        var head = new Exchange.Head(path, Map.of(), Map.of(), "", "", Optional.empty());
        return new InboundRequest(
                null, routeName, head, HttpUtil.isKeepAlive(request), Unpooled.EMPTY_BUFFER, null, refusal);
    }

    static String pathOf(HttpRequest request) {
        try {
            return new QueryStringDecoder(request.uri()).rawPath();
        } catch (IllegalArgumentException e) {
            return "/";
        }
    }

    static boolean hasSmallBody(HttpRequest request) {
        return !HttpUtil.isTransferEncodingChunked(request)
                && !HttpUtil.is100ContinueExpected(request)
                && HttpUtil.getContentLength(request, 0L) <= SMALL_BODY;
    }

    static FullHttpResponse continueReply() {
        return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER);
    }

    void add(ByteBuf content) throws Refusal {
        int length = content.readableBytes();
        if (route == null || budget == null || length == 0) {
            return;
        }
        if (body.readableBytes() + (long) length > route.maxBodyBytes()) {
            throw tooLarge(route);
        }
        if (!budget.reserve(length)) {
            throw new Refusal(
                    ErrorCode.QUEUE_FULL,
                    "The enclave holds as many requests as its memory allows.",
                    "Send it again in a moment, or fewer at a time.");
        }
        reserved += length;
        body.writeBytes(content);
    }

    Exchange exchange(Consumer<Reply> sink) {
        return new Exchange(head, body, sink, this::giveBack);
    }

    void discard() {
        body.release();
        giveBack();
    }

    private void giveBack() {
        if (budget != null) {
            budget.release(reserved);
        }
    }

    Route route() {
        if (route == null) {
            throw new IllegalStateException("a refused request has no route");
        }
        return route;
    }

    String routeName() {
        return routeName;
    }

    String path() {
        return head.path();
    }

    boolean keepAlive() {
        return keepAlive;
    }

    @Nullable
    Refusal refusal() {
        return refusal;
    }

    private static Refusal tooLarge(Route route) {
        return new Refusal(
                ErrorCode.BODY_TOO_LARGE,
                "The request is larger than %,d bytes.".formatted(route.maxBodyBytes()),
                "Send fewer or smaller images in one request.");
    }

    private static Map<String, List<String>> query(HttpRequest request) throws Refusal {
        try {
            return new QueryStringDecoder(request.uri()).parameters();
        } catch (IllegalArgumentException e) {
            throw new Refusal(
                    ErrorCode.BAD_REQUEST,
                    "The address's query is not well encoded.",
                    "Percent-encode its values as UTF-8.");
        }
    }
}
