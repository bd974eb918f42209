package dev.enclaveconsole.core.host.allocator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a probe script printed, in sections. A section begins with a line `##ec NAME` and holds its text exactly: the
/// script prints one end of line before each such line.
public final class ProbeText {
    /// Shell function that begins a section.
    public static final String FUNCTION = "s() { printf '\\n##ec %s\\n' \"$1\"; }\n";

    /// The folder that stands for `/`: empty on a host as it is. A host whose system files are seen elsewhere (a
    /// container that has its host's root at `/host`) names that folder in `ENCLAVE_CONSOLE_HOST_ROOT`.
    public static final String ROOT = "R=${ENCLAVE_CONSOLE_HOST_ROOT:-}\n";

    private static final Pattern START = Pattern.compile("(?m)^##ec (\\S+)$");

    private final Map<String, String> sections;

    private ProbeText(Map<String, String> sections) {
        this.sections = sections;
    }

    public static ProbeText of(String output) {
        Map<String, String> sections = new LinkedHashMap<>();
        Matcher start = START.matcher(output);
        boolean more = start.find();
        while (more) {
            String name = start.group(1);
            int from = Math.min(start.end() + 1, output.length());
            more = start.find();
            int to = more ? Math.max(from, start.start() - 1) : output.length();
            sections.put(name, output.substring(from, to));
        }
        return new ProbeText(sections);
    }

    /// The exact text; empty if there is no such section.
    public Optional<String> text(String section) {
        return Optional.ofNullable(sections.get(section));
    }

    /// Its first line, stripped; empty if there is none.
    public String line(String section) {
        return lines(section).stream().findFirst().orElse("");
    }

    /// Its lines that are not blank, stripped.
    public List<String> lines(String section) {
        return sections.getOrDefault(section, "")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
