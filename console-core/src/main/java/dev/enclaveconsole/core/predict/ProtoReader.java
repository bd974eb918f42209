package dev.enclaveconsole.core.predict;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Reads the fields of one protobuf message in order. Malformed bytes end in a RuntimeException.
final class ProtoReader {
    private final ByteBuffer bytes;
    private int field;
    private int wireType;
    private long number;
    private ByteBuffer payload = ByteBuffer.allocate(0);

    ProtoReader(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /// Moves on to the next field.
    boolean next() {
        if (!bytes.hasRemaining()) {
            return false;
        }
        long key = varint();
        field = Math.toIntExact(key >>> 3);
        wireType = (int) (key & 7);
        switch (wireType) {
            case 0 -> number = varint();
            case 1 -> bytes.position(bytes.position() + 8);
            case 2 -> {
                int length = Math.toIntExact(varint());
                payload = bytes.slice(bytes.position(), length);
                bytes.position(bytes.position() + length);
            }
            case 5 -> bytes.position(bytes.position() + 4);
            default -> throw new IllegalArgumentException("wire type " + wireType);
        }
        return true;
    }

    int field() {
        return field;
    }

    boolean isBytes() {
        return wireType == 2;
    }

    ProtoReader message() {
        require(2);
        return new ProtoReader(payload.duplicate());
    }

    String text() {
        require(2);
        return StandardCharsets.UTF_8.decode(payload.duplicate()).toString();
    }

    /// A repeated number, packed or not.
    List<Long> numbers() {
        if (wireType == 0) {
            return List.of(number);
        }
        ProtoReader packed = message();
        List<Long> numbers = new ArrayList<>();
        while (packed.bytes.hasRemaining()) {
            numbers.add(packed.varint());
        }
        return numbers;
    }

    /// Hands on each message that stands in the given field.
    void each(int wanted, Consumer<ProtoReader> consumer) {
        while (next()) {
            if (field == wanted && isBytes()) {
                consumer.accept(message());
            }
        }
    }

    private void require(int expected) {
        if (wireType != expected) {
            throw new IllegalArgumentException("field " + field + " has wire type " + wireType);
        }
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte octet = bytes.get();
            value |= (octet & 0x7fL) << shift;
            if (octet >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("number too long");
    }
}
