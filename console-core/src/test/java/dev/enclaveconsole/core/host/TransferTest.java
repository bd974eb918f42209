package dev.enclaveconsole.core.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.operation.OperationContext;
import dev.enclaveconsole.core.operation.Progress;
import dev.enclaveconsole.core.settings.FileDigest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class TransferTest {
    private static final long SIZE = 500L * 1000 * 1000;

    @TempDir
    static Path folder;

    private static OpenSshServer sshd;
    private static HostSession session;
    private static Path large;

    @BeforeAll
    static void start() throws Exception {
        sshd = OpenSshServer.start(folder);
        session = HostSession.connect(
                sshd.entry(false),
                sshd.settings(KnownHosts.exactly(List.of(sshd.knownHostsLine("ed25519"))), Optional.empty()),
                _ -> false,
                PassphrasePrompt.none(),
                OperationContext.none());
        large = random(folder.resolve("large"), SIZE);
    }

    @AfterAll
    static void stop() {
        if (session != null) {
            session.close();
        }
        if (sshd != null) {
            sshd.close();
        }
    }

    @Test
    void resumesAnUploadAfterDroppedConnections() throws Exception {
        Dropping dropping = new Dropping();
        session.upload(large, "up/large", dropping);
        assertThat(dropping.drops).hasValue(2);
        assertThat(FileDigest.sha256(sshd.home().resolve("up/large"))).isEqualTo(FileDigest.sha256(large));
        assertThat(sshd.home().resolve("up")).isDirectoryNotContaining("glob:**.part-*");
        Files.delete(sshd.home().resolve("up/large"));
    }

    @Test
    void resumesADownloadAfterDroppedConnections(@TempDir Path here) throws Exception {
        Dropping dropping = new Dropping();
        session.download(large.toString(), here.resolve("down"), dropping);
        assertThat(dropping.drops).hasValue(2);
        assertThat(FileDigest.sha256(here.resolve("down"))).isEqualTo(FileDigest.sha256(large));
        assertThat(here).isDirectoryNotContaining("glob:**.part-*");
    }

    @Test
    void movesEmptyAndOddFiles(@TempDir Path here) throws Exception {
        for (long size : List.of(0L, 1L, 32_767L, 16_777_217L)) {
            Path file = random(here.resolve("f" + size), size);
            session.upload(file, "odd file", OperationContext.none());
            session.download("odd file", here.resolve("back"), OperationContext.none());
            assertThat(here.resolve("back")).hasSameBinaryContentAs(file);
        }
    }

    @Test
    void doesNotRepeatWhatTheHostRefuses(@TempDir Path here) {
        ConsoleException missing = catchThrowableOfType(
                ConsoleException.class,
                () -> session.download("no/such/file", here.resolve("x"), OperationContext.none()));
        assertThat(missing.problem().code()).isEqualTo("host.download-failed");
        ConsoleException forbidden = catchThrowableOfType(
                ConsoleException.class,
                () -> session.upload(sshd.file("sshd_config"), "/proc/nothing", OperationContext.none()));
        assertThat(forbidden.problem().code()).isEqualTo("host.upload-failed");
        assertThat(here.resolve("x")).doesNotExist();
    }

    private static Path random(Path file, long size) throws IOException {
        Random random = new Random(size);
        byte[] block = new byte[1 << 20];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (long left = size; left > 0; left -= block.length) {
                random.nextBytes(block);
                out.write(block, 0, (int) Math.min(block.length, left));
            }
        }
        return file;
    }

    /// Ends the server's processes for the connection once after a third and once after two thirds.
    private static final class Dropping implements OperationContext {
        private final AtomicInteger drops = new AtomicInteger();

        @Override
        public void report(Progress progress) {
            int next = drops.get() + 1;
            if (next < 3 && progress.total() > 0 && progress.done() > next * progress.total() / 3) {
                drops.set(next);
                sshd.dropConnections();
            }
        }

        @Override
        public void checkCancelled() {}

        @Override
        public Registration onCancel(Runnable action) {
            return () -> {};
        }
    }
}
