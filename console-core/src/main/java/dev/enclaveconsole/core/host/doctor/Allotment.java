package dev.enclaveconsole.core.host.doctor;

import dev.enclaveconsole.core.host.allocator.AllocatorFile;
import java.util.Optional;

/// What should be set aside for enclaves on a host.
///
/// @param reason one sentence, why not what is there; empty if it is that
record Allotment(int memoryMib, int cpus, String reason) {
    private static final int LEAST_MIB = 2048;
    private static final int USUAL_MIB = 4096;

    /// What the user wants, else what the file says if it is enough for a small image, else 4 GiB or half of the
    /// host's memory, and one core or two CPUs.
    static Allotment of(HostFacts facts, Wish wish) {
        Optional<AllocatorFile> sound =
                facts.allocator().file().filter(f -> f.fault().isEmpty());
        int saidMib = sound.map(f -> f.memoryMib().orElse(0)).orElse(0);
        int saidCpus = sound.map(AllocatorFile::cpus).orElse(0);
        int usualMib = usualMib(facts);
        int keptMib = saidMib >= Math.min(LEAST_MIB, usualMib) ? saidMib : usualMib;
        int memoryMib = wish.memoryMib().orElse(keptMib);
        int cpus = wish.cpus().orElse(saidCpus > 0 ? saidCpus : 2);
        String reason = memoryMib == saidMib && cpus == saidCpus
                ? ""
                : wish.equals(Wish.none())
                        ? "That is too little for most images."
                        : "Wanted are %d MiB and %d CPUs.".formatted(memoryMib, cpus);
        return new Allotment(memoryMib, cpus, reason);
    }

    /// Hugepages that are set aside count in `MemTotal`.
    private static int usualMib(HostFacts facts) {
        long half = facts.memoryMib("MemTotal").orElse(2L * USUAL_MIB) / 2;
        return (int) Math.min(USUAL_MIB, half / 2 * 2);
    }
}
