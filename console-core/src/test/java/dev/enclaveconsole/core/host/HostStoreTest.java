package dev.enclaveconsole.core.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.enclaveconsole.core.failure.ConsoleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostStoreTest {
    @TempDir
    Path folder;

    @Test
    void keepsHostsAcrossRuns() throws ConsoleException, IOException {
        Path file = folder.resolve("config/hosts.json");
        HostEntry entry =
                new HostEntry("lab", "10.0.0.7", 22, "ec2-user", Optional.of(Path.of("/keys/lab.pem")), false);
        new HostStore(file).add(entry);
        HostStore reopened = new HostStore(file);
        assertThat(reopened.list()).containsExactly(entry);
        assertThat(reopened.find("LAB")).contains(entry);
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(reopened.remove("lab")).isTrue();
        assertThat(reopened.remove("lab")).isFalse();
        assertThat(new HostStore(file).list()).isEmpty();
    }

    @Test
    void losesNoEntryToConcurrentAdds() throws ConsoleException {
        HostStore store = new HostStore(folder.resolve("hosts.json"));
        List<Thread> threads = IntStream.range(0, 16)
                .mapToObj(i -> Thread.startVirtualThread(() -> {
                    try {
                        store.add(host("host-" + i));
                    } catch (ConsoleException e) {
                        throw new AssertionError(e);
                    }
                }))
                .toList();
        threads.forEach(thread -> {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(store.list()).hasSize(16);
        assertThat(folder).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void refusesTakenReservedAndInvalidEntries() throws ConsoleException {
        HostStore store = new HostStore(folder.resolve("hosts.json"));
        store.add(host("lab"));
        assertProblem("host.name-taken", () -> store.add(host("Lab")));
        assertProblem("host.name-reserved", () -> store.add(host("Sandbox")));
        assertProblem("host.entry-invalid", () -> store.add(host("a b")));
        assertProblem(
                "host.entry-invalid", () -> store.add(new HostEntry("x", "a@b", 22, "u", Optional.empty(), false)));
        assertProblem("host.entry-invalid", () -> store.add(new HostEntry("x", "a", 0, "u", Optional.empty(), false)));
        assertThat(store.list()).hasSize(1);
    }

    @Test
    void neverOverwritesADamagedFile() throws IOException {
        Path file = Files.writeString(folder.resolve("hosts.json"), "[{\"name\":");
        HostStore store = new HostStore(file);
        assertProblem("settings.file-damaged", () -> store.add(host("lab")));
        assertThat(Files.readString(file)).isEqualTo("[{\"name\":");
    }

    @Test
    void namesTheKnownHostsWhenOneIsMissing() throws ConsoleException {
        HostStore store = new HostStore(folder.resolve("hosts.json"));
        store.add(host("lab"));
        assertThatThrownBy(() -> store.require("lib"))
                .hasMessageContaining("lib")
                .hasMessageContaining("lab");
    }

    private static HostEntry host(String name) {
        return new HostEntry(name, "10.0.0.7", 22, "ec2-user", Optional.empty(), false);
    }

    private static void assertProblem(String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ConsoleException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(code));
    }
}
