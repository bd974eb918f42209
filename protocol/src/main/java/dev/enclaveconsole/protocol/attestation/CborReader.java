package dev.enclaveconsole.protocol.attestation;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One pass over one item; see [Cbor].
final class CborReader {
    private static final int TAG = 6;
    private static final int SIMPLE = 7;

    private final ByteBuffer in;

    CborReader(byte[] bytes) {
        this.in = ByteBuffer.wrap(bytes);
    }

    CborValue readWhole() throws MalformedCborException {
        if (!in.hasRemaining()) {
            throw new MalformedCborException("There are no bytes at all.");
        }
        CborValue value = read(0);
        if (in.hasRemaining()) {
            throw new MalformedCborException("%d bytes follow after the end of the data (at offset %d)."
                    .formatted(in.remaining(), in.position()));
        }
        return value;
    }

    private CborValue read(int depth) throws MalformedCborException {
        if (depth > Cbor.MAX_DEPTH) {
            throw wrong("nested deeper than %d levels".formatted(Cbor.MAX_DEPTH));
        }
        int first = nextByte();
        int major = first >>> 5;
        int info = first & 0x1f;
        if (major == SIMPLE) {
            return simple(info);
        }
        long argument = argument(info);
        return switch (major) {
            case 0 -> new CborValue.Int(argument);
            case 1 -> new CborValue.Int(-1 - argument);
            case 2 -> new CborValue.Bytes(take(argument));
            case 3 -> new CborValue.Text(text(take(argument)));
            case 4 -> array(argument, depth);
            case 5 -> dictionary(argument, depth);
            case TAG -> new CborValue.Tagged(argument, read(depth + 1));
            default -> throw new AssertionError(major);
        };
    }

    private CborValue simple(int info) throws MalformedCborException {
        return switch (info) {
            case 20 -> new CborValue.Bool(false);
            case 21 -> new CborValue.Bool(true);
            case 22 -> new CborValue.Null();
            default -> throw wrong("a simple value or float (%d) that has no place here".formatted(info));
        };
    }

    private long argument(int info) throws MalformedCborException {
        if (info < 24) {
            return info;
        }
        int bytes = switch (info) {
            case 24 -> 1;
            case 25 -> 2;
            case 26 -> 4;
            case 27 -> 8;
            case 31 -> throw wrong("an indefinite length, where only definite ones are allowed");
            default -> throw wrong("a reserved length code (%d)".formatted(info));
        };
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value = value << 8 | nextByte();
        }
        if (value < 0) {
            throw wrong("a number above 2^63-1");
        }
        return value;
    }

    private CborValue array(long count, int depth) throws MalformedCborException {
        requireRoomFor(count);
        List<CborValue> items = new ArrayList<>((int) count);
        for (long i = 0; i < count; i++) {
            items.add(read(depth + 1));
        }
        return new CborValue.Array(items);
    }

    private CborValue dictionary(long count, int depth) throws MalformedCborException {
        requireRoomFor(count);
        Map<CborValue, CborValue> entries = new LinkedHashMap<>();
        for (long i = 0; i < count; i++) {
            CborValue key = read(depth + 1);
            String shown = shown(key);
            if (entries.putIfAbsent(key, read(depth + 1)) != null) {
                throw wrong("the key %s twice in one map".formatted(shown));
            }
        }
        return new CborValue.Dictionary(entries);
    }

    private String shown(CborValue key) throws MalformedCborException {
        return switch (key) {
            case CborValue.Text(String text) -> '"' + text + '"';
            case CborValue.Int(long number) -> Long.toString(number);
            default -> throw wrong("a map key that is neither text nor a number");
        };
    }

    /// Each item takes at least one byte, so a count above what is left is a lie; found before memory is reserved.
    private void requireRoomFor(long count) throws MalformedCborException {
        if (count > in.remaining()) {
            throw truncated("a count of %d items".formatted(count));
        }
    }

    private byte[] take(long length) throws MalformedCborException {
        if (length > in.remaining()) {
            throw truncated("a string of %d bytes".formatted(length));
        }
        byte[] bytes = new byte[(int) length];
        in.get(bytes);
        return bytes;
    }

    private String text(byte[] bytes) throws MalformedCborException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw wrong("text that is not UTF-8");
        }
    }

    private int nextByte() throws MalformedCborException {
        if (!in.hasRemaining()) {
            throw truncated("a value");
        }
        return in.get() & 0xff;
    }

    private MalformedCborException truncated(String what) {
        return new MalformedCborException(
                "The data is truncated: at offset %d it announces %s, of which %d bytes are left."
                        .formatted(in.position(), what, in.remaining()));
    }

    private MalformedCborException wrong(String what) {
        return new MalformedCborException("The data has %s, at offset %d.".formatted(what, in.position()));
    }
}
