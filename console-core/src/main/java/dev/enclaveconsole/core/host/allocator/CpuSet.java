package dev.enclaveconsole.core.host.allocator;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// CPUs by number, ascending; written as the kernel and `cpu_pool` write them: `1-3,5`.
public record CpuSet(List<Integer> ids) {
    private static final Pattern RANGE = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?");

    public CpuSet {
        ids = List.copyOf(new TreeSet<>(ids));
    }

    /// Empty if the text is not such a list; an empty text is the empty set.
    public static Optional<CpuSet> parse(String text) {
        TreeSet<Integer> ids = new TreeSet<>();
        if (text.isBlank()) {
            return Optional.of(new CpuSet(List.of()));
        }
        for (String part : text.strip().split(",", -1)) {
            var range = RANGE.matcher(part.strip());
            if (!range.matches()) {
                return Optional.empty();
            }
            int first = Integer.parseInt(range.group(1));
            int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
            for (int id = first; id <= last; id++) {
                ids.add(id);
            }
        }
        return Optional.of(new CpuSet(List.copyOf(ids)));
    }

    public int size() {
        return ids.size();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < ids.size(); i++) {
            int start = i;
            while (i + 1 < ids.size() && ids.get(i + 1) == ids.get(i) + 1) {
                i++;
            }
            text.append(text.isEmpty() ? "" : ",").append(ids.get(start));
            if (i > start) {
                text.append('-').append(ids.get(i));
            }
        }
        return text.toString();
    }
}
