package dev.enclaveconsole.core.host.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads ssh_config files. What is included inside a `Host` or `Match` block belongs to that block.
///
/// @param home folder that `~` means
/// @param sshFolder where names of included files begin
record ConfigFiles(Path home, Path sshFolder) {
    private static final int DEEPEST_INCLUDE = 16;

    /// A line under the conditions of the blocks it stands in; all of them have to hold.
    record Conditional(List<ConfigLine> conditions, ConfigLine line) {}

    /// @return empty if there is no such file
    List<Conditional> read(Path file) throws IOException {
        List<Conditional> lines = new ArrayList<>();
        read(file, List.of(), 0, lines);
        return lines;
    }

    private void read(Path file, List<ConfigLine> outer, int depth, List<Conditional> into) throws IOException {
        if (!Files.isRegularFile(file) || depth > DEEPEST_INCLUDE) {
            return;
        }
        List<ConfigLine> conditions = outer;
        for (String text : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            Optional<ConfigLine> parsed = ConfigLine.parse(text);
            if (parsed.isEmpty()) {
                continue;
            }
            ConfigLine line = parsed.get();
            switch (line.keyword()) {
                case "host", "match" -> {
                    conditions = new ArrayList<>(outer);
                    conditions.add(line);
                    into.add(new Conditional(List.copyOf(outer), line));
                }
                case "include" -> {
                    for (String pattern : line.arguments()) {
                        for (Path included : matching(pattern)) {
                            read(included, conditions, depth + 1, into);
                        }
                    }
                }
                default -> into.add(new Conditional(List.copyOf(conditions), line));
            }
        }
    }

    /// Files in alphabetical order. Wildcards count in the last part of the path only.
    private List<Path> matching(String pattern) throws IOException {
        Path path = path(pattern);
        Path folder = path.getParent();
        String name = String.valueOf(path.getFileName());
        if (HostPattern.isConcrete(name)) {
            return List.of(path);
        }
        if (folder == null || !Files.isDirectory(folder)) {
            return List.of();
        }
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, name)) {
            stream.forEach(found::add);
        }
        return found.stream()
                .filter(file -> !file.getFileName().toString().startsWith("."))
                .sorted()
                .toList();
    }

    private Path path(String text) {
        if (text.startsWith("~/")) {
            return home.resolve(text.substring(2));
        }
        return sshFolder.resolve(text);
    }
}
