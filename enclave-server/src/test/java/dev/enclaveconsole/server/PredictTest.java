package dev.enclaveconsole.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictTest {
    @TempDir
    static Path folder;

    static RunningServer running;

    @BeforeAll
    static void start() throws Exception {
        running = RunningServer.start(RunningServer.home(folder, "operator"));
    }

    @AfterAll
    static void stop() throws Exception {
        running.close();
    }

    @Test
    void tellsItsHealth() throws Exception {
        assertThat(running.get(running.stranger, "/health").status()).isEqualTo(200);
    }
}
