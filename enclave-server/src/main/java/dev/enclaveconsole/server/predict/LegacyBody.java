package dev.enclaveconsole.server.predict;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.enclaveconsole.protocol.api.ErrorCode;
import dev.enclaveconsole.protocol.api.Json;
import dev.enclaveconsole.protocol.api.Limits;
import dev.enclaveconsole.server.transport.Exchange;
import dev.enclaveconsole.server.transport.Refusal;
import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/// `{"images": ["<base64>", …]}`, read as a stream: the images are decoded on the way, no string of their size is made.
final class LegacyBody {
    private static final String FORM = "Send {\"images\": [\"<base64>\", …]} with standard base64 and no data: prefix.";

    private LegacyBody() {}

    static List<Item> images(Exchange exchange) throws Refusal {
        try (InputStream in = new ByteBufInputStream(exchange.body());
                JsonParser parser = Json.mapper().getFactory().createParser(in)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw malformed("The body is no JSON object.");
            }
            List<Item> images = null;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = parser.currentName().equals("images");
                JsonToken value = parser.nextToken();
                if (!wanted) {
                    parser.skipChildren();
                } else if (value == JsonToken.START_ARRAY) {
                    images = array(parser);
                } else {
                    throw malformed("\"images\" is no array.");
                }
            }
            if (images == null) {
                throw malformed("The body has no \"images\".");
            }
            return images;
        } catch (JacksonException e) {
            throw malformed("The body is no well-formed JSON, or one of its images no base64.");
        } catch (IOException e) {
            throw malformed("The body ends too early.");
        }
    }

    private static List<Item> array(JsonParser parser) throws IOException, Refusal {
        List<Item> images = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token != JsonToken.VALUE_STRING) {
                throw malformed("\"images\" has an element that is no string.");
            }
            if (images.size() == Limits.MAX_BATCH) {
                throw batchTooLarge();
            }
            images.add(new Item.Image(null, Unpooled.wrappedBuffer(parser.getBinaryValue())));
        }
        return images;
    }

    static Refusal batchTooLarge() {
        return new Refusal(
                ErrorCode.BATCH_TOO_LARGE,
                "The request has more than %d images.".formatted(Limits.MAX_BATCH),
                "Send them in several requests.");
    }

    private static Refusal malformed(String message) {
        return new Refusal(ErrorCode.BAD_REQUEST, message, FORM);
    }
}
