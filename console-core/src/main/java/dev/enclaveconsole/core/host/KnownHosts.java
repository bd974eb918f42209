package dev.enclaveconsole.core.host;

import dev.enclaveconsole.core.settings.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// What is known about the keys of hosts: the console's own file, in which new keys are remembered, and files that are
/// only read, such as `~/.ssh/known_hosts`. Files are read anew for each connection. A host's keys in the own file
/// count before those in the others; a key that any file revokes is revoked.
public final class KnownHosts {
    /// What the files say about a key that a host presents.
    sealed interface Opinion {
        record Known() implements Opinion {}

        record Unknown() implements Opinion {}

        record Changed(List<HostKey> expected) implements Opinion {}

        record Revoked() implements Opinion {}

        /// A certificate of a known authority that does not hold for this host or at this time.
        record BadCertificate(String why) implements Opinion {}
    }

    private final Optional<Path> own;
    private final List<Path> readOnly;
    private final List<String> lines;

    private KnownHosts(Optional<Path> own, List<Path> readOnly, List<String> lines) {
        this.own = own;
        this.readOnly = List.copyOf(readOnly);
        this.lines = List.copyOf(lines);
    }

    /// @param own is written; created when the first key is remembered
    public static KnownHosts inFiles(Path own, List<Path> readOnly) {
        return new KnownHosts(Optional.of(own), readOnly, List.of());
    }

    /// Only what this file says; nothing is ever remembered.
    public static KnownHosts onlyIn(Path file) {
        return new KnownHosts(Optional.empty(), List.of(file), List.of());
    }

    /// Only what these known_hosts lines say; nothing is ever remembered.
    public static KnownHosts exactly(List<String> lines) {
        return new KnownHosts(Optional.empty(), List.of(), lines);
    }

    Opinion opinion(String host, int port, HostKey key) throws IOException {
        return opinion(name(host, port), key);
    }

    Opinion opinion(String name, HostKey key) throws IOException {
        if (isRevoked(name, key)) {
            return new Opinion.Revoked();
        }
        List<HostKey> expected = keys(name);
        if (expected.stream().anyMatch(k -> k.base64().equals(key.base64()))) {
            return new Opinion.Known();
        }
        return expected.isEmpty() ? new Opinion.Unknown() : new Opinion.Changed(expected);
    }

    boolean isRevoked(String name, HostKey key) throws IOException {
        return entries(name).stream()
                .anyMatch(e -> e.role() == KnownHostLine.Role.REVOKED
                        && e.key().base64().equals(key.base64()));
    }

    /// Keys whose certificates are good for the host.
    List<HostKey> authorities(String name) throws IOException {
        return keys(entries(name), KnownHostLine.Role.AUTHORITY);
    }

    /// Types of the keys known of a host, so that the connection asks for those first.
    List<String> keyTypes(String name) throws IOException {
        return keys(name).stream().map(HostKey::type).distinct().toList();
    }

    boolean canRemember() {
        return own.isPresent();
    }

    void remember(String host, int port, HostKey key) throws IOException {
        remember(name(host, port), key);
    }

    synchronized void remember(String name, HostKey key) throws IOException {
        Path file = own.orElseThrow();
        String before = Files.exists(file) ? Files.readString(file) : "";
        append(file, before, name, key);
    }

    /// Forgets the keys of the host in the own file and remembers this one. Lines about other hosts too, authorities
    /// and revocations stay.
    synchronized void replace(String name, HostKey key) throws IOException {
        Path file = own.orElseThrow();
        String kept = !Files.exists(file)
                ? ""
                : Files.readString(file, StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> !isOnlyAbout(line, name))
                        .map(line -> line + "\n")
                        .collect(Collectors.joining());
        append(file, kept, name, key);
    }

    private static boolean isOnlyAbout(String line, String name) {
        return KnownHostLine.parse(line)
                .filter(e -> e.role() == KnownHostLine.Role.HOST
                        && e.patterns().size() == 1
                        && !e.patterns().getFirst().matches(".*[*?].*")
                        && e.appliesTo(name))
                .isPresent();
    }

    private static void append(Path file, String before, String name, HostKey key) throws IOException {
        String separator = before.isEmpty() || before.endsWith("\n") ? "" : "\n";
        String line = name + " " + key.type() + " " + key.base64() + "\n";
        AtomicFiles.write(file, (before + separator + line).getBytes(StandardCharsets.UTF_8));
    }

    /// Files in which a line about the host stands, for the remedy of a changed key.
    List<Path> filesAbout(String name) throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path file : files()) {
            if (read(file).stream().anyMatch(e -> e.appliesTo(name))) {
                found.add(file);
            }
        }
        return found;
    }

    static String name(String host, int port) {
        String lower = host.toLowerCase(Locale.ROOT);
        return port == 22 ? lower : "[" + lower + "]:" + port;
    }

    private List<HostKey> keys(String name) throws IOException {
        List<HostKey> ours = own.isPresent()
                ? keys(read(own.get()).stream().filter(e -> e.appliesTo(name)).toList(), KnownHostLine.Role.HOST)
                : List.of();
        return ours.isEmpty() ? keys(entries(name), KnownHostLine.Role.HOST) : ours;
    }

    private static List<HostKey> keys(List<KnownHostLine> entries, KnownHostLine.Role role) {
        return entries.stream()
                .filter(e -> e.role() == role)
                .map(KnownHostLine::key)
                .distinct()
                .toList();
    }

    private List<KnownHostLine> entries(String name) throws IOException {
        List<KnownHostLine> all = new ArrayList<>();
        lines.forEach(line -> KnownHostLine.parse(line).ifPresent(all::add));
        for (Path file : files()) {
            all.addAll(read(file));
        }
        all.removeIf(entry -> !entry.appliesTo(name));
        return all;
    }

    private List<Path> files() {
        List<Path> files = new ArrayList<>(readOnly);
        own.ifPresent(files::addFirst);
        return files;
    }

    private static List<KnownHostLine> read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        return Files.readString(file, StandardCharsets.ISO_8859_1)
                .lines()
                .map(KnownHostLine::parse)
                .flatMap(Optional::stream)
                .toList();
    }
}
