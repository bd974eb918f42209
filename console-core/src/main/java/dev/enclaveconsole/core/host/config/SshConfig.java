package dev.enclaveconsole.core.host.config;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.host.config.ConfigFiles.Conditional;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What ssh_config(5) files say about hosts. The first value of a keyword wins, `IdentityFile` collects. Understood are
/// `Host`, `Match host|originalhost|user|localuser|all`, `Include`, and the keywords that [SshConfigHosts] uses; a
/// `Match` with `exec` or another condition never applies, since nothing is run while reading.
public final class SshConfig {
    private final List<Conditional> lines;
    private final Path home;
    private final String localUser;

    private SshConfig(List<Conditional> lines, Path home, String localUser) {
        this.lines = lines;
        this.home = home;
        this.localUser = localUser;
    }

    /// @param sshFolder where relative names of `Include` begin, usually `~/.ssh`
    /// @throws ConsoleException `ssh-config.unreadable`
    public static SshConfig read(Path file, Path home, Path sshFolder, String localUser) throws ConsoleException {
        try {
            return new SshConfig(new ConfigFiles(home, sshFolder).read(file), home, localUser);
        } catch (IOException | UncheckedIOException e) {
            throw new ConsoleException(
                    Problem.failed(
                            "ssh-config.unreadable",
                            "The file " + file + " or one that it includes cannot be read.",
                            String.valueOf(e.getMessage()),
                            "Check its permissions and that it is text in UTF-8."),
                    e);
        }
    }

    /// Names that `Host` lines give without wildcards, in their order.
    public List<String> names() {
        return lines.stream()
                .map(Conditional::line)
                .filter(line -> line.keyword().equals("host"))
                .flatMap(line -> line.arguments().stream())
                .filter(HostPattern::isConcrete)
                .distinct()
                .toList();
    }

    Path home() {
        return home;
    }

    String localUser() {
        return localUser;
    }

    /// The values of one host, by keyword in lower case.
    Values values(String name) {
        Map<String, List<String>> found = new LinkedHashMap<>();
        TreeSet<String> closed = new TreeSet<>();
        for (Conditional conditional : lines) {
            ConfigLine line = conditional.line();
            String keyword = line.keyword();
            if (keyword.equals("host")
                    || keyword.equals("match")
                    || closed.contains(keyword)
                    || !conditional.conditions().stream().allMatch(c -> holds(c, name, found))) {
                continue;
            }
            boolean command = keyword.equals("proxycommand");
            found.computeIfAbsent(keyword, _ -> new ArrayList<>()).add(command ? line.rest() : line.first());
            if (!keyword.equals("identityfile") && !keyword.equals("localforward")) {
                closed.add(keyword);
            }
        }
        return new Values(found);
    }

    private boolean holds(ConfigLine condition, String name, Map<String, List<String>> soFar) {
        return condition.keyword().equals("host")
                ? HostPattern.matchesAny(condition.arguments(), name)
                : matchHolds(condition.arguments(), name, soFar);
    }

    private boolean matchHolds(List<String> arguments, String name, Map<String, List<String>> soFar) {
        Values values = new Values(soFar);
        String hostName = Tokens.hostName(values.first("hostname", name), name);
        String user = values.first("user", localUser);
        Iterator<String> words = arguments.iterator();
        while (words.hasNext()) {
            String criterion = words.next().toLowerCase(Locale.ROOT);
            boolean negated = criterion.startsWith("!");
            String kind = negated ? criterion.substring(1) : criterion;
            if (kind.equals("all")) {
                continue;
            }
            String subject = switch (kind) {
                case "host" -> hostName;
                case "originalhost" -> name;
                case "user" -> user;
                case "localuser" -> localUser;
                default -> null;
            };
            if (subject == null || !words.hasNext()) {
                return false;
            }
            if (HostPattern.matchesAny(List.of(words.next().split(",")), subject) == negated) {
                return false;
            }
        }
        return true;
    }

    /// Values by keyword; a keyword that nothing sets has none.
    record Values(Map<String, List<String>> byKeyword) {
        String first(String keyword, String otherwise) {
            return all(keyword).findFirst().orElse(otherwise);
        }

        Stream<String> all(String keyword) {
            return Objects.requireNonNullElse(byKeyword.get(keyword), List.<String>of()).stream();
        }

        boolean isYes(String keyword) {
            return first(keyword, "no").equalsIgnoreCase("yes");
        }
    }
}
