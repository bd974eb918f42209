package dev.enclaveconsole.protocol.api;

/// Where the time of one request went inside the enclave. All values in microseconds; `queue` is the wait for a worker,
/// `total` runs from the last byte of the request to the first byte of the answer.
public record PhaseTimings(long queue, long decode, long preprocess, long infer, long total) {}
