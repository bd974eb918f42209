package dev.enclaveconsole.server.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// This process's memory as Linux counts it.
final class ProcessMemory {
    private ProcessMemory() {}

    /// Resident set size, or NaN where `/proc` does not tell.
    static double residentBytes() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024.0;
                }
            }
            return Double.NaN;
        } catch (IOException | NumberFormatException e) {
            return Double.NaN;
        }
    }
}
