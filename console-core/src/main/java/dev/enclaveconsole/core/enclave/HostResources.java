package dev.enclaveconsole.core.enclave;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/// What a parent host has set aside for enclaves, as its kernel tells.
///
/// @param pages empty if no memory is set aside
/// @param cpuPool numbers of all CPUs in the pool, used or not
/// @param usedCpus those of them that enclaves hold
/// @param threadsPerCore an enclave takes whole cores
public record HostResources(List<PagePool> pages, List<Integer> cpuPool, List<Integer> usedCpus, int threadsPerCore) {

    public HostResources {
        pages = List.copyOf(pages);
        cpuPool = List.copyOf(cpuPool);
        usedCpus = List.copyOf(usedCpus);
    }

    public List<Integer> freeCpus() {
        return cpuPool.stream().filter(cpu -> !usedCpus.contains(cpu)).toList();
    }

    public long totalMib() {
        return pages.stream().mapToLong(PagePool::totalMib).sum();
    }

    public long freeMib() {
        return usablePages().stream().mapToLong(PagePool::freeMib).sum();
    }

    /// Memory and CPUs of an enclave lie in one NUMA node: the pages of the node that has most of them, largest first.
    public List<PagePool> usablePages() {
        OptionalInt node = node();
        return pages.stream()
                .filter(pool -> node.isPresent() && pool.node() == node.getAsInt())
                .sorted(Comparator.comparingLong(PagePool::pageKib).reversed())
                .toList();
    }

    private OptionalInt node() {
        return pages.stream()
                .mapToInt(PagePool::node)
                .distinct()
                .boxed()
                .max(Comparator.comparingLong(this::totalKibOf))
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
    }

    private long totalKibOf(int node) {
        return pages.stream()
                .filter(pool -> pool.node() == node)
                .mapToLong(pool -> pool.total() * pool.pageKib())
                .sum();
    }
}
