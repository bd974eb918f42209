package dev.enclaveconsole.core.host.allocator;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.host.RemoteShell;
import dev.enclaveconsole.core.operation.OperationContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/// What a parent host has for enclaves: what its allocator file asks for, and what is really set aside.
///
/// @param fileText `allocator.yaml` as it is; empty if there is none
/// @param pages hugepages of every NUMA node and size
/// @param pool CPUs set aside for enclaves, used or not; empty if the driver is not loaded
/// @param cpus every CPU of the host, also those in the pool
/// @param threadsPerCore enclaves take whole cores
public record AllocatorFacts(
        Optional<String> fileText,
        List<HugePages> pages,
        Optional<CpuSet> pool,
        List<ParentCpu> cpus,
        int threadsPerCore) {
    /// Shell text that prints the sections [#of] reads; needs [ProbeText#FUNCTION] and [ProbeText#ROOT] before it.
    public static final String SCRIPT = """
            f=$R/etc/nitro_enclaves/allocator.yaml
            [ -e "$f" ] && s allocator.yaml && head -c 65536 "$f" 2>/dev/null
            f=$R/sys/module/nitro_enclaves/parameters/ne_cpus
            [ -e "$f" ] && s pool && cat "$f" 2>/dev/null
            s pages
            for d in "$R"/sys/devices/system/node/node[0-9]*/hugepages/hugepages-*; do
              [ -r "$d/nr_hugepages" ] || continue
              n=${d%/hugepages/*}; k=${d##*/hugepages-}
              read -r t <"$d/nr_hugepages"; read -r a <"$d/free_hugepages"
              echo "${n##*/node} ${k%kB} $t $a"
            done
            s cpus
            for d in "$R"/sys/devices/system/cpu/cpu[0-9]*; do
              [ -d "$d" ] || continue
              o=1; [ -r "$d/online" ] && read -r o <"$d/online"
              n=0; for m in "$d"/node[0-9]*; do [ -e "$m" ] && n=${m##*/node}; done
              echo "${d##*/cpu} $n $o"
            done
            s siblings
            cat "$R/sys/devices/system/cpu/cpu0/topology/thread_siblings_list" 2>/dev/null
            """;

    public AllocatorFacts {
        pages = List.copyOf(pages);
        cpus = List.copyOf(cpus);
    }

    /// Asks the host with one command that changes nothing.
    public static AllocatorFacts ask(RemoteShell shell, OperationContext context) throws ConsoleException {
        String script = ProbeText.ROOT + ProbeText.FUNCTION + SCRIPT + "exit 0\n";
        return of(ProbeText.of(shell.run(List.of("sh", "-c", script), context).stdout()));
    }

    /// From what [#SCRIPT] printed; lines that cannot be read are passed over.
    public static AllocatorFacts of(ProbeText probe) {
        List<HugePages> pages = new ArrayList<>();
        for (int[] row : rows(probe, "pages", 4)) {
            pages.add(new HugePages(row[0], row[1], row[2], row[3]));
        }
        List<ParentCpu> cpus = new ArrayList<>();
        for (int[] row : rows(probe, "cpus", 3)) {
            cpus.add(new ParentCpu(row[0], row[1], row[2] == 1));
        }
        int threads = CpuSet.parse(probe.line("siblings")).map(CpuSet::size).orElse(1);
        return new AllocatorFacts(
                probe.text("allocator.yaml"),
                pages,
                probe.text("pool").flatMap(CpuSet::parse),
                cpus,
                Math.max(1, threads));
    }

    public Optional<AllocatorFile> file() {
        return fileText.map(AllocatorFile::read);
    }

    /// The NUMA node that the pool's CPUs are on; enclave memory must come from it. Empty without a pool.
    public OptionalInt poolNode() {
        List<Integer> ids = pool.map(CpuSet::ids).orElse(List.of());
        return cpus.stream()
                .filter(cpu -> ids.contains(cpu.id()))
                .mapToInt(ParentCpu::node)
                .findFirst();
    }

    /// Pages of the pool's node, or of every node while there is no pool.
    public List<HugePages> poolPages() {
        OptionalInt node = poolNode();
        return pages.stream()
                .filter(p -> node.isEmpty() || p.node() == node.getAsInt())
                .toList();
    }

    public long reservedMib() {
        return poolPages().stream().mapToLong(HugePages::totalMib).sum();
    }

    public long freeMib() {
        return poolPages().stream().mapToLong(HugePages::freeMib).sum();
    }

    /// What the allocator sets aside when the file says `memoryMib`: that, rounded up to its smallest page.
    public long expectedMib(int memoryMib) {
        long pageKib = pages.stream().mapToLong(HugePages::sizeKib).min().orElse(2048);
        return Math.ceilDiv(memoryMib * 1024L, pageKib) * pageKib / 1024;
    }

    /// `node 0: 512 of 512 pages of 2 MiB free`, one per node and size that has pages.
    public String pagesInWords() {
        return pages.stream()
                .filter(p -> p.total() > 0)
                .map(p -> "node %d: %d of %d pages of %d MiB free"
                        .formatted(p.node(), p.free(), p.total(), p.sizeKib() / 1024))
                .collect(Collectors.joining("; "));
    }

    private static List<int[]> rows(ProbeText probe, String section, int columns) {
        List<int[]> rows = new ArrayList<>();
        for (String line : probe.lines(section)) {
            String[] words = line.split("\\s+", -1);
            if (words.length == columns && line.matches("[0-9 ]{1,80}")) {
                int[] row = new int[columns];
                for (int i = 0; i < columns; i++) {
                    row[i] = Integer.parseInt(words[i]);
                }
                rows.add(row);
            }
        }
        return rows;
    }
}
