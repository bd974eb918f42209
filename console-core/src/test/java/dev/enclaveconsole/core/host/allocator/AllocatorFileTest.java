package dev.enclaveconsole.core.host.allocator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllocatorFileTest {
    private static final String SHIPPED = """
            ---
            # Enclave configuration file.
            #
            # How much memory to allocate for enclaves (in MiB).
            memory_mib: 512
            #
            # How many CPUs to reserve for enclaves.
            cpu_count: 2
            #
            # cpu_pool: 2,3,6-9
            """;

    @Test
    void readsTheFileAsShipped() {
        AllocatorFile file = AllocatorFile.read(SHIPPED);
        assertThat(file.fault()).isEmpty();
        assertThat(file.memoryMib()).hasValue(512);
        assertThat(file.cpuCount()).hasValue(2);
        assertThat(file.cpus()).isEqualTo(2);
    }

    @Test
    void readsQuotesTabsAndTheLastOfTwoEqualKeys() {
        AllocatorFile file =
                AllocatorFile.read("memory_mib: 1\n---\nmemory_mib:5\n  memory_mib: 6\ncpu_pool:\t\"2,3,6-9\"\n");
        assertThat(file.fault()).isEmpty();
        assertThat(file.memoryMib()).hasValue(6);
        assertThat(file.cpuPool()).map(CpuSet::ids).contains(List.of(2, 3, 6, 7, 8, 9));
        assertThat(file.cpus()).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "memory_mib: 512\ncpu_count: 2\n",
                "---\r\nmemory_mib: 512\r\ncpu_count: 2\r\n",
                "---\nmemory_mib: 512\n\ncpu_count: 2\n",
                "---\nmemory_mib: 512\ncpu_count: 2",
                "---\nmemory_mib: 512 # MiB\ncpu_count: 2\n",
                "---\nmemory_mib:\ncpu_count: 2\n",
                "---\nmemory_mib: 512\ncpu_count: 2\ncpu_pool: 1,5\n",
                "---\nMemory_mib: 512\ncpu_count: 2\n",
                "---\nmemory_mib: 512\ncpu_count: 2\nnested:\n  a: b\n",
                "---\n- memory_mib: 512\n  cpu_count: 2\n"
            })
    void refusesWhatTheAllocatorRefusesAndMendsIt(String text) {
        assertThat(AllocatorFile.read(text).fault()).isPresent();
        AllocatorFile mended = AllocatorFile.read(AllocatorEdit.withCount(text, 1024, 4));
        assertThat(mended.fault()).isEmpty();
        assertThat(mended.memoryMib()).hasValue(1024);
        assertThat(mended.cpuCount()).hasValue(4);
        assertThat(mended.cpuPool()).isEmpty();
    }

    @Test
    void changesTwoLinesAndLeavesTheOthers() {
        assertThat(AllocatorEdit.withCount(SHIPPED, 4096, 4))
                .isEqualTo(
                        SHIPPED.replace("memory_mib: 512", "memory_mib: 4096").replace("cpu_count: 2", "cpu_count: 4"));
        assertThat(AllocatorEdit.withCount(SHIPPED, 512, 2)).isSameAs(SHIPPED);
        assertThat(AllocatorEdit.withCount("", 512, 2)).isEqualTo("---\nmemory_mib: 512\ncpu_count: 2\n");
    }

    @Test
    void writesCpusAsTheKernelDoes() {
        assertThat(CpuSet.parse("9,1-3,6").map(CpuSet::toString)).contains("1-3,6,9");
        assertThat(CpuSet.parse("1,x")).isEqualTo(Optional.empty());
    }

    @Test
    void readsWhatTheHostPrinted() {
        AllocatorFacts facts = AllocatorFacts.of(ProbeText.of("""

                ##ec allocator.yaml
                ---
                memory_mib: 511
                cpu_count: 2

                ##ec pool
                1,5

                ##ec pages
                0 2048 256 100
                0 1048576 0 0
                1 2048 0 0

                ##ec cpus
                0 0 1
                1 0 0
                4 0 1
                5 0 0

                ##ec siblings
                0,4
                """));
        assertThat(facts.file()).map(AllocatorFile::fault).contains(Optional.empty());
        assertThat(facts.threadsPerCore()).isEqualTo(2);
        assertThat(facts.poolNode()).hasValue(0);
        assertThat(facts.reservedMib()).isEqualTo(512);
        assertThat(facts.freeMib()).isEqualTo(200);
        assertThat(facts.expectedMib(511)).isEqualTo(512);
        assertThat(facts.pagesInWords()).isEqualTo("node 0: 100 of 256 pages of 2 MiB free");
    }
}
