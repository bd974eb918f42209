package dev.enclaveconsole.protocol.attestation;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Reader and writer of [CborValue]. The reader is strict: exactly one item, definite lengths, valid UTF-8, no
/// duplicate keys, nothing behind the item. Its memory is bounded by the input's length, its recursion by
/// [#MAX_DEPTH].
public final class Cbor {
    /// Arrays, maps and tags within each other.
    public static final int MAX_DEPTH = 8;

    /// @throws MalformedCborException naming the offset of what is wrong
    public static CborValue decode(byte[] bytes) throws MalformedCborException {
        return new CborReader(bytes).readWhole();
    }

    /// Shortest form of each length and number; map entries in their given order.
    public static byte[] encode(CborValue value) {
        var out = new ByteArrayOutputStream();
        write(out, value);
        return out.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, CborValue value) {
        switch (value) {
            case CborValue.Int(long n) -> head(out, n < 0 ? 1 : 0, n < 0 ? -1 - n : n);
            case CborValue.Bytes(byte[] b) -> {
                head(out, 2, b.length);
                out.writeBytes(b);
            }
            case CborValue.Text(String text) -> {
                byte[] b = text.getBytes(StandardCharsets.UTF_8);
                head(out, 3, b.length);
                out.writeBytes(b);
            }
            case CborValue.Array(var items) -> {
                head(out, 4, items.size());
                items.forEach(item -> write(out, item));
            }
            case CborValue.Dictionary(var entries) -> {
                head(out, 5, entries.size());
                entries.forEach((key, item) -> {
                    write(out, key);
                    write(out, item);
                });
            }
            case CborValue.Tagged(long tag, CborValue inner) -> {
                head(out, 6, tag);
                write(out, inner);
            }
            case CborValue.Bool(boolean b) -> out.write(b ? 0xf5 : 0xf4);
            case CborValue.Null() -> out.write(0xf6);
        }
    }

    private static void head(ByteArrayOutputStream out, int major, long argument) {
        int type = major << 5;
        if (argument < 24) {
            out.write(type | (int) argument);
        } else if (argument < 1L << 8) {
            out.write(type | 24);
            bigEndian(out, argument, 1);
        } else if (argument < 1L << 16) {
            out.write(type | 25);
            bigEndian(out, argument, 2);
        } else if (argument < 1L << 32) {
            out.write(type | 26);
            bigEndian(out, argument, 4);
        } else {
            out.write(type | 27);
            bigEndian(out, argument, 8);
        }
    }

    private static void bigEndian(ByteArrayOutputStream out, long value, int bytes) {
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            out.write((int) (value >>> shift));
        }
    }

    private Cbor() {}
}
