package dev.enclaveconsole.protocol.eif;

/// Byte layout of the enclave image format, all integers big-endian. Source: AWS's `aws-nitro-enclaves-image-format`,
/// README of 2024-06-21 and `src/defs`.
final class EifFormat {
    static final int MAGIC = 0x2e656966;
    static final int MIN_VERSION = 2;
    static final int VERSION = 4;
    /// From this version on there has to be metadata.
    static final int VERSION_WITH_METADATA = 4;

    static final int HEADER_BYTES = 548;
    static final int CRC_OFFSET = 0x220;
    static final int MIN_SECTIONS = 2;
    static final int MAX_SECTIONS = 32;
    /// type u16, flags u16, size u64
    static final int SECTION_HEADER_BYTES = 12;

    static final long DEFAULT_MEMORY_BYTES = 1024L * 1024 * 1024;
    static final long DEFAULT_CPUS = 2;

    private EifFormat() {}
}
