package dev.enclaveconsole.core.enclave;

/// Pages of one size that an enclave takes.
public record PageUse(long pageKib, long count) {
    public long mib() {
        return pageKib * count / PagePool.KIB_PER_MIB;
    }
}
