package dev.enclaveconsole.core.host.doctor;

import dev.enclaveconsole.core.host.allocator.AllocatorFacts;
import dev.enclaveconsole.core.host.allocator.ProbeText;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the probe saw, read on demand. Whatever it did not see is empty.
///
/// @param asked when the command was sent, by this computer's clock
/// @param answered when its answer was complete
public record HostFacts(ProbeText probe, AllocatorFacts allocator, Instant asked, Instant answered) {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Pattern DOCKER = Pattern.compile("(\\d+)\\.\\d+");

    /// Of a systemd unit. Both words as systemctl says them; empty if it says nothing.
    record Unit(String active, String enabled) {
        boolean isActive() {
            return active.equals("active");
        }

        boolean isEnabled() {
            return enabled.equals("enabled");
        }
    }

    static HostFacts of(String output, Instant asked, Instant answered) {
        ProbeText probe = ProbeText.of(output);
        return new HostFacts(probe, AllocatorFacts.of(probe), asked, answered);
    }

    /// The folder that stands for `/` on this host, without a slash at its end; nearly always empty.
    String root() {
        return probe.line("root").replaceFirst("/+$", "");
    }

    public String user() {
        return probe.line("user");
    }

    boolean isRoot() {
        return probe.line("sudo").equals("root");
    }

    /// `root`, `free`, `password` or `none`.
    public String sudoState() {
        return probe.line("sudo");
    }

    /// What stands before a command that needs root.
    String sudo() {
        return isRoot() ? "" : "sudo -n ";
    }

    public Distribution distribution() {
        return Distribution.of(osField("ID"), osField("ID_LIKE"), osField("VERSION_ID"));
    }

    public String osName() {
        return osField("PRETTY_NAME");
    }

    private String osField(String key) {
        return value("os", key).map(v -> v.replace("\"", "")).orElse("");
    }

    String kernel() {
        return probe.line("kernel");
    }

    List<String> groupsOfLogin() {
        return words("groups-now");
    }

    List<String> groupsOfAccount() {
        return words("groups-set");
    }

    List<String> knownGroups() {
        return probe.lines("groups");
    }

    Optional<String> dmi(String key) {
        return value("dmi", key);
    }

    Optional<String> imds(String key) {
        return value("imds", key);
    }

    boolean says(String section, String word) {
        return probe.lines(section).contains(word);
    }

    Unit unit(String name) {
        for (String line : probe.lines("units")) {
            String[] words = line.split(" ", -1);
            if (words[0].equals(name)) {
                return new Unit(words.length > 1 ? words[1] : "", words.length > 2 ? words[2] : "");
            }
        }
        return new Unit("", "");
    }

    /// How many enclaves run; empty if nitro-cli did not tell.
    OptionalInt runningEnclaves() {
        List<String> lines = probe.lines("enclaves");
        if (lines.isEmpty() || !lines.getLast().equals("##end")) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(
                (int) lines.stream().filter(l -> l.contains("\"EnclaveID\"")).count());
    }

    OptionalInt dockerMajor() {
        String version = probe.line("docker-server").isEmpty() ? probe.line("docker") : probe.line("docker-server");
        Matcher major = DOCKER.matcher(version);
        return major.find() ? OptionalInt.of(Integer.parseInt(major.group(1))) : OptionalInt.empty();
    }

    /// From /proc/meminfo, in MiB.
    OptionalLong memoryMib(String key) {
        for (String line : probe.lines("memory")) {
            String[] words = line.split("[:\\s]+", -1);
            if (words[0].equals(key) && words.length > 1 && words[1].matches("\\d{1,15}")) {
                return OptionalLong.of(Long.parseLong(words[1]) / 1024);
            }
        }
        return OptionalLong.empty();
    }

    /// Free space of the file systems of `/`, `/tmp` and the home, in MiB; the least of them.
    OptionalLong leastDiskMib() {
        return probe.lines("disk").stream()
                .map(line -> line.split("\\s+", -1))
                .filter(words -> words.length >= 6 && words[3].matches("\\d{1,15}"))
                .mapToLong(words -> Long.parseLong(words[3]) / 1024)
                .min();
    }

    boolean listensOn(int port) {
        String suffix = ":%04X".formatted(port);
        return probe.lines("listening").stream().anyMatch(address -> address.endsWith(suffix));
    }

    /// How far the host's clock is ahead of this computer's, in seconds, less what the way may account for.
    OptionalDouble clockAheadSeconds() {
        OptionalDouble start = seconds("start");
        OptionalDouble end = seconds("end");
        if (start.isEmpty() || end.isEmpty()) {
            return OptionalDouble.empty();
        }
        double earliest = toSeconds(asked);
        double latest = toSeconds(answered);
        if (start.getAsDouble() < earliest) {
            return OptionalDouble.of(start.getAsDouble() - earliest);
        }
        return OptionalDouble.of(Math.max(0, end.getAsDouble() - latest));
    }

    /// The host's time when it was asked, for names of files that sort by age.
    String stamp() {
        return STAMP.format(Instant.ofEpochMilli((long) (seconds("start").orElse(toSeconds(asked)) * 1000)));
    }

    Duration took() {
        return Duration.between(asked, answered);
    }

    private OptionalDouble seconds(String section) {
        String text = probe.line(section).replaceFirst("\\.?%?N$", "");
        return text.matches("\\d{1,12}(\\.\\d+)?")
                ? OptionalDouble.of(Double.parseDouble(text))
                : OptionalDouble.empty();
    }

    private static double toSeconds(Instant time) {
        return time.getEpochSecond() + time.getNano() / 1e9;
    }

    private List<String> words(String section) {
        return Arrays.asList(probe.line(section).split("\\s+", -1));
    }

    private Optional<String> value(String section, String key) {
        return probe.lines(section).stream()
                .filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1).strip())
                .filter(v -> !v.isEmpty())
                .findFirst();
    }
}
