package dev.enclaveconsole.protocol.eif;

import java.util.Arrays;
import java.util.Optional;

/// What a section holds, with its number in the file and the most it may hold where a reader takes it into memory.
public enum EifSectionType {
    KERNEL(1, Long.MAX_VALUE),
    /// Kernel command line, ASCII without a trailing NUL.
    CMDLINE(2, 16 * 1024),
    RAMDISK(3, Long.MAX_VALUE),
    /// CBOR, see [EifSignature].
    SIGNATURE(4, 32 * 1024),
    /// JSON, see [EifMetadata]; not measured.
    METADATA(5, 1024 * 1024);

    private final int number;
    private final long maxBytes;

    EifSectionType(int number, long maxBytes) {
        this.number = number;
        this.maxBytes = maxBytes;
    }

    int number() {
        return number;
    }

    long maxBytes() {
        return maxBytes;
    }

    static Optional<EifSectionType> of(int number) {
        return Arrays.stream(values()).filter(t -> t.number == number).findFirst();
    }
}
