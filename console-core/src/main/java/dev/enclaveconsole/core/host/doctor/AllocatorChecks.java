package dev.enclaveconsole.core.host.doctor;

import dev.enclaveconsole.core.host.allocator.AllocatorFacts;
import dev.enclaveconsole.core.host.allocator.AllocatorFile;
import dev.enclaveconsole.core.host.allocator.CpuSet;
import java.util.Optional;

/// What the allocator was told, and what it really set aside.
final class AllocatorChecks {
    private final HostFacts facts;
    private final AllocatorFacts allocator;
    private final Allotment allotment;
    private final Fixes fixes;

    AllocatorChecks(HostFacts facts, Wish wish) {
        this.facts = facts;
        this.allocator = facts.allocator();
        this.allotment = Allotment.of(facts, wish);
        this.fixes = new Fixes(facts);
    }

    Finding file() {
        Optional<AllocatorFile> file = allocator.file();
        String why = "The allocator reads from it how much memory and which CPUs to keep for enclaves.";
        if (file.isEmpty()) {
            return offer(Finding.problem("allocator-file", "There is no /etc/nitro_enclaves/allocator.yaml.", why));
        }
        if (file.get().fault().isPresent()) {
            return offer(Finding.problem(
                    "allocator-file",
                    "The allocator would refuse its file.",
                    file.get().fault().get() + " Its parser is simpler than YAML."));
        }
        int memoryMib = file.get().memoryMib().orElse(0);
        int cpus = file.get().cpus();
        String what = "The file asks for %d MiB and %d CPUs.".formatted(memoryMib, cpus);
        if (memoryMib == allotment.memoryMib() && cpus == allotment.cpus()) {
            return Finding.ok("allocator-file", what);
        }
        return offer(Finding.warning(
                "allocator-file",
                what + " %s".formatted(allotment.reason()),
                "An enclave needs at least four times the size of its image, in whole cores."));
    }

    private Finding offer(Finding finding) {
        return finding.fixedBy(fixes.allocatorFile(allotment.memoryMib(), allotment.cpus()));
    }

    Finding allocated() {
        int memoryMib = allocator
                .file()
                .flatMap(f -> f.memoryMib().stream().boxed().findFirst())
                .orElse(0);
        int cpus = allocator.file().map(AllocatorFile::cpus).orElse(0);
        HostFacts.Unit unit = facts.unit("nitro-enclaves-allocator");
        long really = allocator.reservedMib();
        long expected = allocator.expectedMib(memoryMib);
        int pool = allocator.pool().map(CpuSet::size).orElse(0);
        if (memoryMib > 0 && really == expected && pool == cpus && pool > 0) {
            String what = "The allocator set aside %d MiB (%s) and CPUs %s."
                    .formatted(
                            really, allocator.pagesInWords(), allocator.pool().orElseThrow());
            return unit.isEnabled()
                    ? Finding.ok("allocator", what)
                    : offerRestart(Finding.warning(
                            "allocator",
                            what,
                            "But its service is not enabled: after a restart of the host it is gone."));
        }
        String what = really == 0 && pool == 0
                ? "The allocator has set nothing aside."
                : "The allocator set aside %d MiB and %d CPUs, but its file asks for %d MiB and %d CPUs."
                        .formatted(really, pool, expected, cpus);
        return offerRestart(Finding.problem(
                "allocator",
                what,
                "nitro-cli ends with E22 or E27 when it asks for more than there is. The allocator's service may say"
                        + " success all the same, or rolls back when memory is scattered (error 206)."));
    }

    private Finding offerRestart(Finding finding) {
        if (facts.runningEnclaves().orElse(0) > 0) {
            return finding.advise("Terminate the enclaves first: the allocator cannot change anything while one runs.");
        }
        return finding.fixedBy(fixes.allocator());
    }

    Finding hugePages() {
        if (allocator.pages().isEmpty()) {
            return Finding.unknown("hugepages", "The kernel does not tell of hugepages.", "");
        }
        if (allocator.reservedMib() == 0) {
            return Finding.problem(
                    "hugepages", "No hugepage is set aside.", "Enclave memory is made of them; see allocator.");
        }
        String what = "Hugepages: " + allocator.pagesInWords() + ".";
        return allocator.freeMib() == 0
                ? Finding.warning("hugepages", what, "No further enclave can start: E27.")
                        .advise(
                                "Terminate an enclave, or set more memory aside: host fix HOST allocator-file --memory MIB")
                : Finding.ok("hugepages", what);
    }

    Finding cpuPool() {
        if (allocator.pool().isEmpty()) {
            return Finding.problem("cpu-pool", "The CPU pool cannot be read.", "The driver keeps it; see driver.");
        }
        CpuSet pool = allocator.pool().get();
        if (pool.size() == 0) {
            return Finding.problem("cpu-pool", "The CPU pool is empty.", "No enclave can start: E22; see allocator.");
        }
        long nodes = allocator.cpus().stream()
                .filter(cpu -> pool.ids().contains(cpu.id()))
                .map(cpu -> cpu.node())
                .distinct()
                .count();
        String what = "CPU pool: %s of %d CPUs, %d per core."
                .formatted(pool, allocator.cpus().size(), allocator.threadsPerCore());
        if (nodes > 1) {
            return Finding.problem("cpu-pool", what, "Its CPUs are on " + nodes + " NUMA nodes; they must be on one.")
                    .advise("Use cpu_count instead of cpu_pool in allocator.yaml.");
        }
        return pool.size() % allocator.threadsPerCore() == 0
                ? Finding.ok("cpu-pool", what)
                : Finding.problem("cpu-pool", what, "It does not hold whole cores.")
                        .advise("Use cpu_count instead of cpu_pool in allocator.yaml.");
    }
}
