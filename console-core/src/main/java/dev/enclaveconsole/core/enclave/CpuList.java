package dev.enclaveconsole.core.enclave;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The kernel's way to write a set of CPUs: `1-2,5-6`.
final class CpuList {

    /// @throws NumberFormatException if it is none
    static List<Integer> parse(String text) {
        return Stream.of(text.strip().split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty() && !part.equals("(null)"))
                .flatMap(CpuList::range)
                .distinct()
                .toList();
    }

    private static Stream<Integer> range(String part) {
        int dash = part.indexOf('-');
        int first = Integer.parseInt(dash < 0 ? part : part.substring(0, dash));
        int last = dash < 0 ? first : Integer.parseInt(part.substring(dash + 1));
        return IntStream.rangeClosed(first, last).boxed();
    }

    private CpuList() {}
}
