package dev.enclaveconsole.core.enclave;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Why an enclave is gone, from lines as kernels, Java and nitro-cli print them.
class EndReasonTest {

    @Test
    void readsTheKernelsLastWords() {
        assertThat(reason("[    9.1] Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000100"))
                .isEqualTo("Its program ended with exit code 1.");
        assertThat(reason("[    9.1] Kernel panic - not syncing: Attempted to kill init! exitcode=0x0000000b"))
                .isEqualTo("Its program was ended by signal 11.");
        assertThat(reason("[    1.0] Kernel panic - not syncing: VFS: Unable to mount root fs"))
                .startsWith("Its kernel stopped: VFS");
        assertThat(reason("[   77.0] reboot: Restarting system")).contains("ended");
        assertThat(reason("Out of memory: Killed process 312 (java) total-vm:4kB"))
                .contains("java")
                .contains("memory");
        assertThat(reason("Exception in thread \"main\" java.lang.OutOfMemoryError: Java heap space"))
                .contains("Java heap space");
    }

    @Test
    void quotesTheLastLineWhenNothingIsKnown() {
        assertThat(reason("starting", "giving up", "")).endsWith("The last line of its console: giving up");
        assertThat(reason()).endsWith("Its console is empty.");
    }

    @Test
    void tellsAHangUpFromATermination() {
        assertThat(EndReason.of(false, List.of(), List.of("[enc-1:9][INFO] Received hang-up event from the enclave.")))
                .startsWith("It stopped by itself")
                .contains("debug mode");
        assertThat(EndReason.of(false, List.of(), List.of("[enc-1:9][INFO] Terminate command received")))
                .startsWith("Somebody terminated it");
    }

    @Test
    void namesTheDriversOwnErrors() {
        assertThat(DriverErrors.explain("ioctl failed: NE_ERR_MEM_MAX_REGIONS"))
                .hasValueSatisfying(t -> assertThat(t).contains("larger pages"));
        assertThat(DriverErrors.explain("Unknown error (os error 264)"))
                .hasValueSatisfying(t -> assertThat(t).contains("NUMA"));
        assertThat(DriverErrors.explain("nothing of the kind, 264 MB")).isEmpty();
    }

    private static String reason(String... console) {
        return EndReason.of(true, List.of(console), List.of());
    }
}
