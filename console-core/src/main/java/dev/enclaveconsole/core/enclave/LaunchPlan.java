package dev.enclaveconsole.core.enclave;

import dev.enclaveconsole.core.failure.Problem;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/// What a launch will really take, or why it would fail.
///
/// @param imageBytes empty if the image's size is not known
/// @param leastMib least memory that the image needs; 64 MiB if its size is not known
/// @param pages huge pages it takes, largest first; empty if they do not suffice
/// @param refusals all reasons for which it would fail, the first that nitro-cli would report first
/// @param fits the nearest request that would succeed now; empty if none would
public record LaunchPlan(
        LaunchRequest request,
        HostResources resources,
        OptionalLong imageBytes,
        long leastMib,
        List<PageUse> pages,
        List<Refusal> refusals,
        Optional<LaunchRequest> fits) {

    /// @param code nitro-cli's, in which the launch would end
    public record Refusal(String code, String why) {}

    public boolean launchable() {
        return refusals.isEmpty();
    }

    /// What `MemoryMiB` will say: whole pages are taken.
    public long realMib() {
        return pages.stream().mapToLong(PageUse::mib).sum();
    }

    /// What would fit instead, as a sentence.
    public String advice() {
        if (launchable()) {
            return "";
        }
        return fits.map(fit -> "This would fit: %d MiB and %d CPUs.".formatted(fit.memoryMib(), fit.cpuCount()))
                .orElse(nothingFits());
    }

    private String nothingFits() {
        String running = resources.usedCpus().isEmpty() ? "" : "Terminate another enclave, or ";
        String raise =
                "raise memory_mib (at least %d) or cpu_count in /etc/nitro_enclaves/allocator.yaml and restart the allocator."
                        .formatted(leastMib);
        return running.isEmpty() ? "Nothing fits now: " + raise : "Nothing fits now. " + running + raise;
    }

    /// The refusals as one problem.
    ///
    /// @throws IllegalStateException if there is none
    public Problem problem() {
        if (launchable()) {
            throw new IllegalStateException("nothing speaks against the launch");
        }
        return Problem.failed(
                "launch." + refusals.getFirst().code(),
                "%s would not start with %d MiB and %d CPUs."
                        .formatted(request.image(), request.memoryMib(), request.cpuCount()),
                refusals.stream().map(r -> r.why() + " (" + r.code() + ")").collect(Collectors.joining(" ")),
                advice());
    }
}
