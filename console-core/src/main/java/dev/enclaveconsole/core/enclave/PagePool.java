package dev.enclaveconsole.core.enclave;

/// Huge pages of one size in one NUMA node that the allocator set aside.
public record PagePool(int node, long pageKib, long total, long free) {
    static final long KIB_PER_MIB = 1024;

    public long freeMib() {
        return free * pageKib / KIB_PER_MIB;
    }

    public long totalMib() {
        return total * pageKib / KIB_PER_MIB;
    }
}
