package dev.enclaveconsole.desktop.cli;

import dev.enclaveconsole.core.enclave.HostResources;
import dev.enclaveconsole.core.enclave.LaunchPlan;
import dev.enclaveconsole.core.enclave.LaunchRequest;
import dev.enclaveconsole.core.enclave.PagePool;
import dev.enclaveconsole.core.enclave.PageUse;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The plan of a launch as the terminal shows it.
///
/// @param fits the nearest request that would succeed
record PlanView(
        boolean launchable,
        String image,
        OptionalLong imageBytes,
        int cpus,
        int memoryMib,
        long leastMib,
        long realMib,
        List<PageUse> pages,
        List<LaunchPlan.Refusal> refusals,
        Optional<Fit> fits,
        String advice,
        Host host) {

    record Fit(int memoryMib, int cpus) {}

    record Host(
            long totalMib,
            long freeMib,
            List<PagePool> pages,
            List<Integer> cpuPool,
            List<Integer> freeCpus,
            int threadsPerCore) {}

    static PlanView of(LaunchPlan plan) {
        LaunchRequest request = plan.request();
        HostResources host = plan.resources();
        return new PlanView(
                plan.launchable(),
                request.image(),
                plan.imageBytes(),
                request.cpuCount(),
                request.memoryMib(),
                plan.leastMib(),
                plan.realMib(),
                plan.pages(),
                plan.refusals(),
                plan.fits().map(fit -> new Fit(fit.memoryMib(), fit.cpuCount())),
                plan.advice(),
                new Host(
                        host.totalMib(),
                        host.freeMib(),
                        host.pages(),
                        host.cpuPool(),
                        host.freeCpus(),
                        host.threadsPerCore()));
    }

    String text() {
        StringBuilder text = new StringBuilder("Free on the host: %d of %d MiB, %d of %d CPUs\n"
                .formatted(
                        host.freeMib(),
                        host.totalMib(),
                        host.freeCpus().size(),
                        host.cpuPool().size()));
        text.append("The image needs at least %d MiB%s\n"
                .formatted(leastMib, imageBytes.isPresent() ? "" : " (its size is not known)"));
        if (!pages.isEmpty()) {
            text.append("It would take %d MiB:".formatted(realMib));
            pages.forEach(use -> text.append(" %d pages of %d MiB".formatted(use.count(), use.pageKib() / 1024)));
            text.append('\n');
        }
        refusals.forEach(refusal -> text.append("%s: %s\n".formatted(refusal.code(), refusal.why())));
        return text.append(launchable ? "This launch can succeed." : advice).toString();
    }
}
