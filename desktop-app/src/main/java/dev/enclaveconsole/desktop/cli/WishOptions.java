package dev.enclaveconsole.desktop.cli;

import dev.enclaveconsole.core.host.doctor.Wish;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/// What is to be set aside for enclaves.
final class WishOptions {
    @Option(
            names = "--memory",
            paramLabel = "MIB",
            description = "Memory to set aside for enclaves. If not given, what is set aside is kept, unless it is too"
                    + " little for most images.")
    private Optional<Integer> memoryMib;

    @Option(names = "--cpus", paramLabel = "N", description = "CPUs to set aside for enclaves, whole cores.")
    private Optional<Integer> cpus;

    Wish wish() {
        return new Wish(number(memoryMib), number(cpus));
    }

    private static OptionalInt number(Optional<Integer> value) {
        return value.map(OptionalInt::of).orElse(OptionalInt.empty());
    }
}
