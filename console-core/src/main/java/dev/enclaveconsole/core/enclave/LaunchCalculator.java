package dev.enclaveconsole.core.enclave;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Works out before a launch what it will take and whether it can succeed. Pure: no host is asked.
public final class LaunchCalculator {
    private static final int IMAGE_FACTOR = 4;
    private static final long LEAST_MIB = 64;
    private static final long MIB = 1 << 20;

    public static LaunchPlan plan(LaunchRequest request, HostResources host, OptionalLong imageBytes) {
        long leastMib = leastMib(imageBytes);
        List<LaunchPlan.Refusal> refusals = new ArrayList<>();
        cpus(request.cpuCount(), host, refusals);
        Optional<List<PageUse>> pages = PageAllotment.of(request.memoryMib(), host.usablePages());
        memory(request.memoryMib(), host, imageBytes, pages.isPresent(), refusals);
        return new LaunchPlan(
                request,
                host,
                imageBytes,
                leastMib,
                pages.orElse(List.of()),
                List.copyOf(refusals),
                fit(request, host, leastMib));
    }

    /// Least memory for an image of this size.
    public static long leastMib(OptionalLong imageBytes) {
        return Math.max(LEAST_MIB, Math.ceilDiv(imageBytes.orElse(0) * IMAGE_FACTOR, MIB));
    }

    private static void cpus(int asked, HostResources host, List<LaunchPlan.Refusal> refusals) {
        int pool = host.cpuPool().size();
        int free = host.freeCpus().size();
        if (pool == 0) {
            refuse(refusals, "E22", "The host has set aside no CPUs for enclaves.");
        } else if (asked < 1) {
            refuse(refusals, "E03", "An enclave needs at least one core.");
        } else if (asked > pool) {
            refuse(refusals, "E22", asked + " CPUs were asked for, the pool has " + pool + ".");
        } else if (asked > free) {
            refuse(
                    refusals,
                    "E32",
                    asked + " CPUs were asked for, " + free + " of " + pool
                            + " are free; other enclaves hold the rest.");
        } else if (asked % host.threadsPerCore() != 0) {
            refuse(
                    refusals,
                    "E33",
                    "An enclave takes whole cores: a multiple of " + host.threadsPerCore() + " CPUs on this host.");
        }
    }

    private static void memory(
            long asked,
            HostResources host,
            OptionalLong imageBytes,
            boolean covered,
            List<LaunchPlan.Refusal> refusals) {
        long imageNeedsMib = Math.ceilDiv(imageBytes.orElse(0) * IMAGE_FACTOR, MIB);
        if (asked == 0 || asked < imageNeedsMib) {
            refuse(
                    refusals,
                    "E26",
                    "The image has %d MiB and needs four times that: at least %d MiB, not %d."
                            .formatted(Math.ceilDiv(imageBytes.orElse(0), MIB), leastMib(imageBytes), asked));
        } else if (asked < LEAST_MIB) {
            refuse(refusals, "E33", "An enclave has at least " + LEAST_MIB + " MiB.");
        }
        if (!covered) {
            refuse(
                    refusals,
                    "E27",
                    host.totalMib() == 0
                            ? "The host has set aside no memory for enclaves."
                            : "%d MiB were asked for, %d of %d MiB are free."
                                    .formatted(asked, host.freeMib(), host.totalMib()));
        }
    }

    private static Optional<LaunchRequest> fit(LaunchRequest request, HostResources host, long leastMib) {
        int threads = host.threadsPerCore();
        int mostCpus = host.freeCpus().size() / threads * threads;
        int cpus = Math.clamp(Math.ceilDiv(request.cpuCount(), threads) * (long) threads, 0, mostCpus);
        long freeMib = host.freeMib();
        if (cpus < threads || freeMib < leastMib) {
            return Optional.empty();
        }
        long memoryMib = Math.clamp(request.memoryMib(), leastMib, freeMib);
        return Optional.of(
                new LaunchRequest(request.image(), request.name(), cpus, Math.toIntExact(memoryMib), request.debug()));
    }

    private static void refuse(List<LaunchPlan.Refusal> refusals, String code, String why) {
        refusals.add(new LaunchPlan.Refusal(code, why));
    }

    private LaunchCalculator() {}
}
