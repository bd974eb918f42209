package dev.enclaveconsole.desktop.trust;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Sorting of PCRs for display.
final class Measured {

    /// Those that measure the image: 0, 1 and 2 always, 8 (the signer) if it is there.
    static Map<Integer, String> pinnable(Map<Integer, String> pcrs) {
        return pcrs.entrySet().stream()
                .filter(e -> e.getKey() <= 2 || e.getKey() == 8)
                .filter(e -> !isZero(e.getValue()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, _) -> a, TreeMap::new));
    }

    /// Those worth a line: 0, 1 and 2 always, others if anything was measured into them.
    static Map<Integer, String> shown(Map<Integer, String> pcrs) {
        return pcrs.entrySet().stream()
                .filter(e -> e.getKey() <= 2 || !isZero(e.getValue()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, _) -> a, TreeMap::new));
    }

    static boolean isZero(String hex) {
        return hex.chars().allMatch(c -> c == '0');
    }

    private Measured() {}
}
