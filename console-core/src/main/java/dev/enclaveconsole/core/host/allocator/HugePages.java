package dev.enclaveconsole.core.host.allocator;

/// The hugepages of one size on one NUMA node.
///
/// @param sizeKib 2048 or 1048576 on x86
/// @param total set aside (`nr_hugepages`)
/// @param free of them, not held by an enclave (`free_hugepages`)
public record HugePages(int node, int sizeKib, int total, int free) {

    public long totalMib() {
        return (long) total * sizeKib / 1024;
    }

    public long freeMib() {
        return (long) free * sizeKib / 1024;
    }
}
