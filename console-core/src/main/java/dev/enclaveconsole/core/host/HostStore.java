package dev.enclaveconsole.core.host;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.settings.JsonFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The user's parent hosts, in one JSON file. Names are unique without regard to case.
public final class HostStore {
    /// Reserved for the sandbox; never stored.
    public static final String SANDBOX = "sandbox";

    private final JsonFile<List<HostEntry>> file;

    public HostStore(Path file) {
        this.file = new JsonFile<>(file, new TypeReference<List<HostEntry>>() {});
    }

    /// In the order in which they were added.
    public synchronized List<HostEntry> list() throws ConsoleException {
        return List.copyOf(file.read(List.of()));
    }

    public Optional<HostEntry> find(String name) throws ConsoleException {
        return list().stream().filter(h -> h.name().equalsIgnoreCase(name)).findFirst();
    }

    /// As [#find], but a host that is not there is a usage problem that names those that are.
    public HostEntry require(String name) throws ConsoleException {
        List<HostEntry> hosts = list();
        for (HostEntry host : hosts) {
            if (host.name().equalsIgnoreCase(name)) {
                return host;
            }
        }
        String known = hosts.isEmpty()
                ? "No host has been added yet."
                : "Known hosts: "
                        + String.join(", ", hosts.stream().map(HostEntry::name).toList()) + ".";
        throw new ConsoleException(Problem.usage(
                "host.unknown",
                "There is no host named " + name + ".",
                known,
                "Add it with: console host add " + name + " --address ADDRESS"));
    }

    /// @throws ConsoleException `host.name-taken`, `host.name-reserved`, `host.entry-invalid`
    public synchronized void add(HostEntry entry) throws ConsoleException {
        check(entry);
        List<HostEntry> hosts = new ArrayList<>(list());
        if (hosts.stream().anyMatch(h -> h.name().equalsIgnoreCase(entry.name()))) {
            throw new ConsoleException(Problem.usage(
                    "host.name-taken",
                    "A host named " + entry.name() + " exists already.",
                    "",
                    "Choose another name, or remove the old entry first."));
        }
        hosts.add(entry);
        file.write(hosts);
    }

    /// Replaces the entry of the same name, in its place.
    public synchronized void update(HostEntry entry) throws ConsoleException {
        check(entry);
        HostEntry old = require(entry.name());
        List<HostEntry> hosts = new ArrayList<>(list());
        hosts.replaceAll(h -> h.equals(old) ? entry : h);
        file.write(hosts);
    }

    /// @return false if there was none of that name
    public synchronized boolean remove(String name) throws ConsoleException {
        List<HostEntry> hosts = new ArrayList<>(list());
        boolean removed = hosts.removeIf(h -> h.name().equalsIgnoreCase(name));
        if (removed) {
            file.write(hosts);
        }
        return removed;
    }

    private static void check(HostEntry entry) throws ConsoleException {
        if (entry.name().toLowerCase(Locale.ROOT).equals(SANDBOX)) {
            throw new ConsoleException(Problem.usage(
                    "host.name-reserved",
                    "The name sandbox is reserved for the sandbox on this computer.",
                    "",
                    "Choose another name."));
        }
        String wrong = wrong(entry);
        if (!wrong.isEmpty()) {
            throw new ConsoleException(Problem.usage(
                    "host.entry-invalid", "The host " + entry.name() + " cannot be stored.", wrong, "Correct it."));
        }
    }

    private static String wrong(HostEntry entry) {
        if (!entry.name().matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
            return "Its name must be 1 to 64 letters, digits, dots, dashes or underscores.";
        }
        if (entry.address().isBlank() || entry.address().matches(".*[\\s/@].*")) {
            return "Its address must be a host name or an IP address.";
        }
        if (entry.port() < 1 || entry.port() > 65535) {
            return "Its port must be between 1 and 65535.";
        }
        return entry.user().isBlank() || entry.user().matches(".*\\s.*") ? "Its user name must not be empty." : "";
    }
}
