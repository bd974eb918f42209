package dev.enclaveconsole.core.enclave;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Predicts which huge pages `run-enclave` takes: nitro-cli 1.5.0, `resource_manager.rs`, `allocate`. Largest pages
/// first while more is needed than one holds, then smallest first, overshooting; of all taken, sorted by size, the
/// first that cover the request stay.
final class PageAllotment {

    /// @param pools of one NUMA node
    /// @return the pages, largest first; empty if the free pages do not cover the request (E27)
    static Optional<List<PageUse>> of(long memoryMib, List<PagePool> pools) {
        List<PagePool> largestFirst = pools.stream()
                .sorted(Comparator.comparingLong(PagePool::pageKib).reversed())
                .toList();
        long askedKib = memoryMib * PagePool.KIB_PER_MIB;
        long[] taken = new long[largestFirst.size()];
        long needed = askedKib;
        for (int i = 0; i < taken.length; i++) {
            PagePool pool = largestFirst.get(i);
            taken[i] = Math.min(pool.free(), needed / pool.pageKib());
            needed -= taken[i] * pool.pageKib();
        }
        for (int i = taken.length - 1; i >= 0 && needed > 0; i--) {
            PagePool pool = largestFirst.get(i);
            long more = Math.min(pool.free() - taken[i], Math.ceilDiv(needed, pool.pageKib()));
            taken[i] += more;
            needed -= more * pool.pageKib();
        }
        return needed > 0 ? Optional.empty() : Optional.of(kept(askedKib, largestFirst, taken));
    }

    private static List<PageUse> kept(long askedKib, List<PagePool> pools, long[] taken) {
        List<PageUse> kept = new ArrayList<>();
        long needed = askedKib;
        for (int i = 0; i < taken.length && needed > 0; i++) {
            long pageKib = pools.get(i).pageKib();
            long count = Math.min(taken[i], Math.ceilDiv(needed, pageKib));
            if (count > 0) {
                kept.add(new PageUse(pageKib, count));
                needed -= count * pageKib;
            }
        }
        return List.copyOf(kept);
    }

    private PageAllotment() {}
}
