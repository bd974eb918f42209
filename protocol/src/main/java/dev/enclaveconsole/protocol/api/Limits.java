package dev.enclaveconsole.protocol.api;

/// Bounds that the enclave enforces before it spends memory on a request; also checked by the console, so that the
/// user hears of them before an upload.
public final class Limits {
    /// As the predecessors' nginx allowed (50 MB bodies).
    public static final int MAX_BODY_BYTES = 50 * 1024 * 1024;

    public static final int MAX_IMAGE_BYTES = 32 * 1024 * 1024;
    /// Enough for a 100-megapixel camera; a 20,000 × 20,000 image is refused from its header alone.
    public static final long MAX_IMAGE_PIXELS = 100_000_000L;

    public static final int MAX_BATCH = 64;
    public static final int MAX_TOP_K = 100;
    /// Sent nonces: at least 16 bytes, at most 512 (NSM's documented limit for senders).
    public static final int MIN_NONCE_BYTES = 16;

    public static final int MAX_NONCE_BYTES = 512;
    /// The enclave's only port on vsock.
    public static final int ENCLAVE_PORT = 8443;

    private Limits() {}
}
