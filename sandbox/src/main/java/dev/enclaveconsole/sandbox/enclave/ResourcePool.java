package dev.enclaveconsole.sandbox.enclave;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// What the allocator service has set aside for enclaves, and what is still free of it.
///
/// The host plays eight CPUs with two threads per core: CPU n and n+4 share a core, the first core stays with the
/// parent. Memory comes in
/// pages of 2 MiB.
final class ResourcePool {

    private static final int THREADS_PER_CORE = 2;
    private static final int SIBLING_DISTANCE = 4;
    private static final long PAGE_MIB = 2;
    private static final long LEAST_MIB = 64;
    private static final int EIF_FACTOR = 4;
    private static final long MIB = 1 << 20;

    private final HostFiles files;
    private final Set<Integer> usedCpus = new LinkedHashSet<>();
    private long usedMib;

    ResourcePool(HostFiles files) {
        this.files = files;
    }

    /// What an enclave was given.
    record Share(List<Integer> cpuIds, long memoryMib) {}

    synchronized Share take(LaunchSpec spec, long eifBytes) throws NitroFailure {
        List<Integer> pool = pool();
        List<Integer> cpuIds = chooseCpus(spec.cpus(), pool);
        long memoryMib = chooseMemory(spec.memoryMib(), eifBytes);
        if (cpuIds.stream().anyMatch(usedCpus::contains)) {
            throw new NitroFailure(32, "NE_ADD_VCPU: a CPU of the pool is in use by another enclave");
        }
        usedCpus.addAll(cpuIds);
        usedMib += memoryMib;
        files.showFree(freeMib());
        return new Share(List.copyOf(cpuIds), memoryMib);
    }

    synchronized void giveBack(Share share) {
        share.cpuIds().forEach(usedCpus::remove);
        usedMib -= share.memoryMib();
        files.showFree(freeMib());
    }

    private long freeMib() {
        return files.totalMib() - usedMib;
    }

    /// Core by core.
    private List<Integer> pool() throws NitroFailure {
        String text = files.pool()
                .orElseThrow(() -> new NitroFailure(
                        19, "Failed to open device file: No such file or directory", "/dev/nitro_enclaves", "Open"));
        List<Integer> cpus = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            if (!part.isEmpty()) {
                List<String> ends = List.of(part.split("-", -1));
                IntStream.rangeClosed(Integer.parseInt(ends.getFirst()), Integer.parseInt(ends.getLast()))
                        .forEach(cpus::add);
            }
        }
        cpus.sort(
                Comparator.<Integer>comparingInt(cpu -> cpu % SIBLING_DISTANCE).thenComparingInt(cpu -> cpu));
        return cpus;
    }

    private List<Integer> chooseCpus(LaunchSpec.Cpus cpus, List<Integer> pool) throws NitroFailure {
        return switch (cpus) {
            case LaunchSpec.CpuCount(int count) -> byCount(count, pool);
            case LaunchSpec.CpuIds(List<Integer> ids) -> byIds(ids, pool);
        };
    }

    private List<Integer> byCount(int count, List<Integer> pool) throws NitroFailure {
        if (count > pool.size()) {
            throw new NitroFailure(
                    22,
                    "Insufficient CPUs available (requested %d, but maximum is %d)".formatted(count, pool.size()),
                    "cpu-count",
                    Integer.toString(count));
        }
        List<Integer> free =
                pool.stream().filter(cpu -> !usedCpus.contains(cpu)).toList();
        if (count > free.size()) {
            throw new NitroFailure(32, "NE_ADD_VCPU: no CPUs available in the NE CPU pool");
        }
        return wholeCores(free.subList(0, count));
    }

    private static List<Integer> byIds(List<Integer> ids, List<Integer> pool) throws NitroFailure {
        Set<Integer> unique = new TreeSet<>();
        for (int id : ids) {
            if (!unique.add(id)) {
                throw new NitroFailure(20, "CPU IDs list contains duplicates", "cpu-ids", Integer.toString(id));
            }
        }
        for (int id : unique) {
            if (!pool.contains(id)) {
                throw new NitroFailure(
                        21,
                        "The CPU with ID " + id + " is not available in the NE CPU pool",
                        "cpu-ids",
                        Integer.toString(id));
            }
        }
        return wholeCores(ids);
    }

    private static List<Integer> wholeCores(List<Integer> ids) throws NitroFailure {
        Set<Integer> cores = new TreeSet<>();
        ids.forEach(id -> cores.add(id % SIBLING_DISTANCE));
        if (ids.isEmpty() || cores.size() * THREADS_PER_CORE != ids.size()) {
            throw new NitroFailure(33, "NE_START_ENCLAVE: full CPU cores not used (NE_ERR_FULL_CORES_NOT_USED)");
        }
        return ids;
    }

    private long chooseMemory(long askedMib, long eifBytes) throws NitroFailure {
        String asked = Long.toString(askedMib);
        if (askedMib == 0) {
            throw new NitroFailure(26, "Memory is 0", "memory", asked);
        }
        long leastMib = Math.ceilDiv(eifBytes * EIF_FACTOR, MIB);
        if (askedMib < leastMib) {
            throw new NitroFailure(
                    26, "At least " + leastMib + " MB must be allocated", "memory", asked, Long.toString(leastMib));
        }
        if (askedMib > freeMib()) {
            throw new NitroFailure(27, "Requested " + asked + " MiB, free are " + freeMib(), "memory", asked);
        }
        if (askedMib < LEAST_MIB) {
            throw new NitroFailure(33, "NE_START_ENCLAVE: less than the least memory (NE_ERR_ENCLAVE_MEM_MIN_SIZE)");
        }
        return Math.ceilDiv(askedMib, PAGE_MIB) * PAGE_MIB;
    }
}
