package dev.enclaveconsole.server.predict;

import dev.enclaveconsole.protocol.api.ErrorCode;
import dev.enclaveconsole.protocol.api.Limits;
import dev.enclaveconsole.server.transport.Exchange;
import dev.enclaveconsole.server.transport.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `multipart/form-data` (RFC 7578): every part is an image, as a slice of the body; nothing is copied.
final class MultipartBody {
    private static final int MAX_HEADER_BYTES = 4096;
    private static final Pattern BOUNDARY =
            Pattern.compile("boundary=(?:\"([^\"]{1,200})\"|([^;,\\s]{1,200}))", Pattern.CASE_INSENSITIVE);
    private static final Pattern FILE_NAME =
            Pattern.compile("[;\\s]filename=(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^;\\s]+))", Pattern.CASE_INSENSITIVE);
    private static final Pattern ENCODED_FILE_NAME =
            Pattern.compile("[;\\s]filename\\*=utf-8'[^']*'([^;\\s]+)", Pattern.CASE_INSENSITIVE);

    private final ByteBuf body;
    private final ByteBuf delimiter;

    private MultipartBody(ByteBuf body, String boundary) {
        this.body = body;
        this.delimiter = Unpooled.wrappedBuffer(("\r\n--" + boundary).getBytes(StandardCharsets.UTF_8));
    }

    static List<Item> images(Exchange exchange) throws Refusal {
        Matcher boundary = BOUNDARY.matcher(exchange.head().contentType());
        if (!boundary.find()) {
            throw malformed("The Content-Type names no boundary.");
        }
        String text = boundary.group(1) != null ? boundary.group(1) : boundary.group(2);
        List<Item> parts = new MultipartBody(exchange.body(), text).parts();
        if (parts.isEmpty()) {
            throw malformed("The request has no part.");
        }
        return parts;
    }

    private List<Item> parts() throws Refusal {
        ByteBuf first = delimiter.slice(2, delimiter.readableBytes() - 2);
        int start = indexOf(first, body.readerIndex());
        if (start < 0) {
            throw malformed("The body does not begin with its boundary.");
        }
        List<Item> parts = new ArrayList<>();
        int position = start + first.readableBytes();
        while (!isLast(position)) {
            if (parts.size() == Limits.MAX_BATCH) {
                throw LegacyBody.batchTooLarge();
            }
            int headers = position;
            int data = endOfHeaders(headers);
            int end = indexOf(delimiter, data - 2);
            if (end < 0) {
                throw malformed("The body ends without its last boundary.");
            }
            String fileName = fileName(body.toString(headers, data - headers, StandardCharsets.UTF_8));
            parts.add(new Item.Image(fileName, body.slice(data, Math.max(0, end - data))));
            position = end + delimiter.readableBytes();
        }
        return parts;
    }

    private boolean isLast(int position) throws Refusal {
        if (position + 2 > body.writerIndex()) {
            throw malformed("The body ends without its last boundary.");
        }
        return body.getByte(position) == '-' && body.getByte(position + 1) == '-';
    }

    private int endOfHeaders(int from) throws Refusal {
        int last = Math.min(body.writerIndex(), from + MAX_HEADER_BYTES) - 4;
        for (int i = from; i <= last; i++) {
            if (body.getInt(i) == 0x0d0a0d0a) {
                return i + 4;
            }
        }
        throw malformed("A part has no headers, or too long ones.");
    }

    private int indexOf(ByteBuf wanted, int from) {
        int limit = body.writerIndex() - wanted.readableBytes();
        int i = from;
        while (i <= limit) {
            int hit = body.indexOf(i, limit + 1, wanted.getByte(0));
            if (hit < 0) {
                return -1;
            }
            if (matches(wanted, hit)) {
                return hit;
            }
            i = hit + 1;
        }
        return -1;
    }

    private boolean matches(ByteBuf wanted, int at) {
        for (int i = 1; i < wanted.readableBytes(); i++) {
            if (body.getByte(at + i) != wanted.getByte(i)) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable String fileName(String headers) {
        Matcher encoded = ENCODED_FILE_NAME.matcher(headers);
        if (encoded.find()) {
            try {
                return URLDecoder.decode(encoded.group(1).replace("+", "%2B"), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                return null;
            }
        }
        Matcher plain = FILE_NAME.matcher(headers);
        if (!plain.find()) {
            return null;
        }
        return plain.group(1) != null ? plain.group(1).replaceAll("\\\\(.)", "$1") : plain.group(2);
    }

    private static Refusal malformed(String message) {
        return new Refusal(
                ErrorCode.BAD_REQUEST,
                message,
                "Send multipart/form-data with one image a part, or one image as body.");
    }
}
