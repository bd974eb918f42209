package dev.enclaveconsole.core.enclave;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// The calculator against what nitro-cli's `allocate` does.
class LaunchCalculatorTest {
    private static final long MIB = 1 << 20;
    private static final PagePool SMALL = new PagePool(0, 2048, 512, 512);
    private static final PagePool LARGE = new PagePool(0, 1_048_576, 4, 4);
    private static final HostResources HOST = host(List.of(SMALL, LARGE), List.of());

    @Test
    void takesLargestPagesFirstAndSmallOnesForTheRest() {
        LaunchPlan plan = plan(2148, 2, HOST);
        assertThat(plan.pages()).containsExactly(new PageUse(1_048_576, 2), new PageUse(2048, 50));
        assertThat(plan.realMib()).isEqualTo(2148);
        assertThat(plan.launchable()).isTrue();
        assertThat(plan.advice()).isEmpty();
    }

    @Test
    void predictsAWholeLargePageWhereOnlyThoseAreFree() {
        LaunchPlan plan = plan(256, 2, host(List.of(LARGE), List.of()));
        assertThat(plan.pages()).containsExactly(new PageUse(1_048_576, 1));
        assertThat(plan.realMib()).isEqualTo(1024);
    }

    @Test
    void givesBackSmallPagesThatALargeOneMakesNeedless() {
        PagePool few = new PagePool(0, 2048, 10, 10);
        LaunchPlan plan = plan(512, 2, host(List.of(few, LARGE), List.of()));
        assertThat(plan.pages()).containsExactly(new PageUse(1_048_576, 1));
    }

    @Test
    void roundsUpToTheSmallestPage() {
        assertThat(plan(129, 2, host(List.of(SMALL), List.of())).realMib()).isEqualTo(130);
    }

    @Test
    void refusesMoreMemoryThanIsFreeAndSaysWhatFits() {
        LaunchPlan plan = plan(6000, 2, HOST);
        assertThat(codes(plan)).containsExactly("E27");
        assertThat(plan.fits().orElseThrow().memoryMib()).isEqualTo(5120);
        assertThat(plan.problem().code()).isEqualTo("launch.E27");
        assertThat(plan.problem().why()).contains("6000").contains("5120 of 5120");
        assertThat(plan.problem().remedy()).isEqualTo("This would fit: 5120 MiB and 2 CPUs.");
    }

    @Test
    void refusesLessThanFourTimesTheImage() {
        LaunchRequest request = request(1024, 2);
        LaunchPlan plan = LaunchCalculator.plan(request, HOST, OptionalLong.of(335 * MIB));
        assertThat(codes(plan)).containsExactly("E26");
        assertThat(plan.leastMib()).isEqualTo(1340);
        assertThat(plan.problem().why()).contains("1340");
        assertThat(plan.fits().orElseThrow().memoryMib()).isEqualTo(1340);
        assertThat(codes(plan(0, 2, HOST))).contains("E26");
        assertThat(codes(plan(48, 2, HOST))).containsExactly("E33");
    }

    @Test
    void refusesCpusThatThePoolHasNot() {
        assertThat(codes(plan(512, 6, HOST))).containsExactly("E22");
        assertThat(codes(plan(512, 1, HOST))).containsExactly("E33");
        HostResources half = host(List.of(SMALL), List.of(1, 5));
        LaunchPlan plan = plan(512, 4, half);
        assertThat(codes(plan)).containsExactly("E32");
        assertThat(plan.fits().orElseThrow().cpuCount()).isEqualTo(2);
        HostResources all = host(List.of(SMALL), List.of(1, 5, 2, 6));
        assertThat(plan(512, 2, all).fits()).isEmpty();
        assertThat(plan(512, 2, all).advice())
                .contains("Terminate another enclave")
                .contains("allocator.yaml");
    }

    @Test
    void namesEverythingThatABareHostLacks() {
        LaunchPlan plan = plan(512, 2, new HostResources(List.of(), List.of(), List.of(), 2));
        assertThat(codes(plan)).containsExactly("E22", "E27");
        assertThat(plan.problem().why()).contains("no CPUs").contains("no memory");
    }

    @Test
    void countsOnlyTheNodeThatHasThePages() {
        HostResources twoNodes =
                host(List.of(new PagePool(0, 2048, 256, 256), new PagePool(1, 2048, 512, 512)), List.of());
        assertThat(twoNodes.freeMib()).isEqualTo(1024);
        assertThat(codes(plan(1200, 2, twoNodes))).containsExactly("E27");
    }

    @Test
    void readsTheKernelsCpuLists() {
        assertThat(CpuList.parse("1-2,5-6\n")).containsExactly(1, 2, 5, 6);
        assertThat(CpuList.parse("3")).containsExactly(3);
        assertThat(CpuList.parse("")).isEmpty();
        assertThat(CpuList.parse("(null)")).isEmpty();
    }

    private static HostResources host(List<PagePool> pages, List<Integer> used) {
        return new HostResources(pages, List.of(1, 5, 2, 6), used, 2);
    }

    private static LaunchRequest request(int memoryMib, int cpus) {
        return new LaunchRequest("demo", Optional.empty(), cpus, memoryMib, false);
    }

    private static LaunchPlan plan(int memoryMib, int cpus, HostResources host) {
        return LaunchCalculator.plan(request(memoryMib, cpus), host, OptionalLong.of(10 * MIB));
    }

    private static List<String> codes(LaunchPlan plan) {
        return plan.refusals().stream().map(LaunchPlan.Refusal::code).toList();
    }
}
