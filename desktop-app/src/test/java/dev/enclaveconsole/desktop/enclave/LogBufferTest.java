package dev.enclaveconsole.desktop.enclave;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LogBufferTest {
    private final List<Runnable> window = new ArrayList<>();
    private final LogBuffer buffer = new LogBuffer(3, window::add);

    @Test
    void keepsTheLastLinesOnly() {
        for (int i = 1; i <= 5; i++) {
            buffer.add("line " + i);
        }
        flush();
        assertThat(buffer.lines()).containsExactly("line 3", "line 4", "line 5");
        buffer.add("line 6");
        flush();
        assertThat(buffer.lines()).containsExactly("line 4", "line 5", "line 6");
    }

    @Test
    void troublesTheWindowOncePerPortion() {
        buffer.add("a");
        buffer.add("b");
        assertThat(window).hasSize(1);
        flush();
        assertThat(buffer.text()).isEqualTo("a\nb\n");
    }

    private void flush() {
        List<Runnable> due = List.copyOf(window);
        window.clear();
        due.forEach(Runnable::run);
    }
}
