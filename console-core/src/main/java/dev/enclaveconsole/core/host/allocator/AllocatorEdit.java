package dev.enclaveconsole.core.host.allocator;

import java.util.ArrayList;
import java.util.List;

/// Changes `allocator.yaml` so that its own parser reads the wanted values, and touches nothing else: comments, order
/// and the spelling of other lines stay. What that parser would stumble over (empty lines, keys it does not know,
/// doubled keys, a missing `---` or last end of line) is mended.
public final class AllocatorEdit {

    /// @param text the file as it is; empty for a new one
    /// @return the file with these values; equal to `text` if it says them already and is sound
    public static String withCount(String text, int memoryMib, int cpuCount) {
        AllocatorFile now = AllocatorFile.read(text);
        boolean same = now.fault().isEmpty()
                && now.memoryMib().orElse(-1) == memoryMib
                && now.cpuCount().orElse(-1) == cpuCount;
        return same ? text : rewritten(text, memoryMib, cpuCount);
    }

    private static String rewritten(String text, int memoryMib, int cpuCount) {
        List<String> lines = new ArrayList<>(text.replace("\r", "").lines().toList());
        if (lines.stream().noneMatch(line -> line.strip().equals("---"))) {
            lines.addFirst("---");
        }
        List<String> kept = new ArrayList<>();
        boolean memory = false;
        boolean count = false;
        boolean started = false;
        for (String line : lines) {
            String bare = line.strip();
            String key = started && !bare.startsWith("#") && !bare.equals("---") ? AllocatorFile.key(bare) : "#";
            if (key.equals("#")) {
                kept.add(bare.equals("---") ? bare : line);
            } else if (key.equals(AllocatorFile.MEMORY) && !memory) {
                kept.add(AllocatorFile.MEMORY + ": " + memoryMib);
                memory = true;
            } else if ((key.equals(AllocatorFile.COUNT) || key.equals(AllocatorFile.POOL)) && !count) {
                kept.add(AllocatorFile.COUNT + ": " + cpuCount);
                count = true;
            }
            started |= bare.equals("---");
        }
        if (!memory) {
            kept.add(AllocatorFile.MEMORY + ": " + memoryMib);
        }
        if (!count) {
            kept.add(AllocatorFile.COUNT + ": " + cpuCount);
        }
        return String.join("\n", kept) + "\n";
    }

    private AllocatorEdit() {}
}
