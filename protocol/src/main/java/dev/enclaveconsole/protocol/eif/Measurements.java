package dev.enclaveconsole.protocol.eif;

import java.util.Map;

/// PCRs of an enclave image, lower-case hex of SHA-384 (96 characters). Index 8 only if the image is signed.
public record Measurements(Map<Integer, String> pcrs) {
    public Measurements {
        pcrs = Map.copyOf(pcrs);
    }
}
