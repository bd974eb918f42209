package dev.enclaveconsole.core.host.allocator;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `/etc/nitro_enclaves/allocator.yaml` as the allocator's own parser reads it, which is bash and egrep and no YAML.
///
/// Nothing before the line `---` counts; comments are lines that begin with `#`; every other line must be `key: value`
/// with a key it knows, so that an empty line is an error; the last of two equal keys wins; a last line without an end
/// of line is not read at all. Source: `nitro-enclaves-allocator` of nitro-cli, `parse_config`, tried line by line.
///
/// @param fault why the allocator would refuse the file, in words; empty if it would not
public record AllocatorFile(
        OptionalInt memoryMib, OptionalInt cpuCount, Optional<CpuSet> cpuPool, Optional<String> fault) {
    static final String MEMORY = "memory_mib";
    static final String COUNT = "cpu_count";
    static final String POOL = "cpu_pool";

    private static final Pattern KEY = Pattern.compile("(?i)^[-_a-z0-9]+");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    public static AllocatorFile read(String text) {
        Map<String, String> values = new HashMap<>();
        boolean started = false;
        int number = 0;
        for (String line : readLines(text)) {
            number++;
            if (line.startsWith("#")) {
                continue;
            }
            if (line.equals("---")) {
                started = true;
            } else if (started) {
                String key = key(line);
                if (!key.equals(MEMORY) && !key.equals(COUNT) && !key.equals(POOL)) {
                    return faulty(values, "Line " + number + " is not one it knows: " + shown(line));
                }
                String value = value(line);
                if (value.isEmpty()) {
                    return faulty(values, "Line " + number + " has no value for " + key + ".");
                }
                values.put(key, value);
            }
        }
        return checked(values, started);
    }

    /// The CPUs it asks for, by count or by pool; 0 if it says neither.
    public int cpus() {
        return cpuCount.orElseGet(() -> cpuPool.map(CpuSet::size).orElse(0));
    }

    /// As `read` of a shell: what stands behind the last end of line is lost, spaces around a line are dropped.
    static String[] readLines(String text) {
        int end = text.lastIndexOf('\n');
        String[] lines = end < 0 ? new String[0] : text.substring(0, end).split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            lines[i] = lines[i].replaceAll("^[ \\t]+|[ \\t]+$", "");
        }
        return lines;
    }

    static String key(String line) {
        int colon = line.indexOf(':');
        Matcher key = KEY.matcher(colon < 0 ? line : line.substring(0, colon));
        return key.find() ? key.group() : "";
    }

    private static String value(String line) {
        return line.replaceFirst("^.+:", "").replaceFirst("\\s+\"?", "").replaceFirst("\"?$", "");
    }

    private static AllocatorFile checked(Map<String, String> values, boolean started) {
        if (!started) {
            return faulty(values, "It has no line that is exactly ---, so none of it is read.");
        }
        if (!values.containsKey(MEMORY)) {
            return faulty(values, "It names no memory_mib.");
        }
        if (values.containsKey(COUNT) == values.containsKey(POOL)) {
            return faulty(
                    values,
                    values.containsKey(COUNT)
                            ? "It has both cpu_count and cpu_pool; only one may be there."
                            : "It names neither cpu_count nor cpu_pool.");
        }
        for (String key : new String[] {MEMORY, COUNT}) {
            String value = values.getOrDefault(key, "1");
            if (!NUMBER.matcher(value).matches()) {
                return faulty(values, key + " is not a number: " + shown(value));
            }
        }
        String pool = values.getOrDefault(POOL, "");
        return CpuSet.parse(pool).isEmpty()
                ? faulty(values, "cpu_pool is not a list of CPUs: " + shown(pool))
                : of(values, Optional.empty());
    }

    private static AllocatorFile faulty(Map<String, String> values, String fault) {
        return of(values, Optional.of(fault));
    }

    private static AllocatorFile of(Map<String, String> values, Optional<String> fault) {
        return new AllocatorFile(
                number(values.get(MEMORY)),
                number(values.get(COUNT)),
                Optional.ofNullable(values.get(POOL)).flatMap(CpuSet::parse),
                fault);
    }

    private static OptionalInt number(@Nullable String value) {
        return value != null && NUMBER.matcher(value).matches()
                ? OptionalInt.of(Integer.parseInt(value))
                : OptionalInt.empty();
    }

    private static String shown(String line) {
        return line.isEmpty() ? "an empty line." : line;
    }
}
