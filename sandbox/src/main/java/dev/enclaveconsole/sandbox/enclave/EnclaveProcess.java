package dev.enclaveconsole.sandbox.enclave;

import dev.enclaveconsole.sandbox.nsm.NsmSocket;
import dev.enclaveconsole.sandbox.nsm.SandboxNsm;
import dev.enclaveconsole.sandbox.process.Janitor;
import dev.enclaveconsole.sandbox.process.ProcessGroup;
import dev.enclaveconsole.sandbox.process.Tools;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The process of one enclave with its sockets: the security module that it asks and the port that it answers on.
final class EnclaveProcess {

    static final int PORT = 8443;

    private static final long BOOT_MILLIS = 10_000;
    private static final long POLL_MILLIS = 10;
    private static final String SUPERVISE = "exec </dev/null 2>&1; \"$@\" & wait $!";

    private final long cid;
    private final EnclaveFolders folders;
    private final Janitor janitor;
    private final NsmSocket nsm;
    private final ProcessGroup group;
    private final ConsoleLog console;

    private EnclaveProcess(
            long cid, EnclaveFolders folders, Janitor janitor, NsmSocket nsm, ProcessGroup group, ConsoleLog console) {
        this.cid = cid;
        this.folders = folders;
        this.janitor = janitor;
        this.nsm = nsm;
        this.group = group;
        this.console = console;
    }

    static EnclaveProcess start(
            long cid, UnpackedImage image, SandboxNsm nsm, Isolation isolation, EnclaveFolders folders, Janitor janitor)
            throws IOException {
        Path sockets = Files.createDirectory(folders.sockets().resolve("e" + cid));
        NsmSocket nsmSocket = NsmSocket.listen(sockets.resolve("nsm.sock"), nsm);
        ConsoleLog console = new ConsoleLog();
        console.appendLine(isolation.explanation());
        Files.createSymbolicLink(folders.sockets().resolve(socketName(cid)), Path.of("e" + cid, socketName(cid)));
        List<String> line = new ArrayList<>(List.of("/bin/sh", "-c", SUPERVISE, "enclave-" + cid));
        line.addAll(isolation.commandLine(image, environment(cid, image, isolation, folders, sockets), sockets));
        ProcessGroup group = ProcessGroup.start(
                line, Map.of("PATH", Tools.systemPath(), Janitor.MARKER, folders.marker()), Path.of("/"));
        janitor.add(group);
        EnclaveProcess process = new EnclaveProcess(cid, folders, janitor, nsmSocket, group, console);
        Thread.ofPlatform().daemon().name("enclave-console-" + cid).start(process::copyConsole);
        return process;
    }

    long processId() {
        return group.id();
    }

    ConsoleLog console() {
        return console;
    }

    /// Waits until the enclave listens; one that lives but does not listen within ten seconds counts as started, as on
    /// AWS, where the
    /// launcher only hears that the kernel is up.
    boolean awaitBoot() throws InterruptedException {
        Path listening = folders.sockets().resolve("e" + cid).resolve(socketName(cid));
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(BOOT_MILLIS);
        while (System.nanoTime() < deadline) {
            if (!group.isAlive()) {
                return false;
            }
            if (Files.exists(listening, LinkOption.NOFOLLOW_LINKS)) {
                return true;
            }
            Thread.sleep(POLL_MILLIS);
        }
        return group.isAlive();
    }

    int awaitEnd() throws InterruptedException {
        return group.process().waitFor();
    }

    /// Ends the enclave at once, as turning off a machine does, and removes what stands for it.
    void destroy() throws IOException, InterruptedException {
        group.signal("KILL");
        group.process().waitFor();
        janitor.remove(group);
        nsm.close();
        console.end();
        Path sockets = folders.sockets().resolve("e" + cid);
        Files.deleteIfExists(folders.sockets().resolve(socketName(cid)));
        Files.deleteIfExists(sockets.resolve(socketName(cid)));
        Files.deleteIfExists(sockets.resolve("nsm.sock"));
        try (var left = Files.newDirectoryStream(sockets)) {
            for (Path file : left) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(sockets);
    }

    private void copyConsole() {
        byte[] buffer = new byte[8192];
        try (InputStream output = group.process().getInputStream()) {
            for (int count = output.read(buffer); count >= 0; count = output.read(buffer)) {
                console.append(buffer, count);
            }
        } catch (IOException _) {
            // The process is gone.
        } finally {
            console.end();
        }
    }

    private static Map<String, String> environment(
            long cid, UnpackedImage image, Isolation isolation, EnclaveFolders folders, Path sockets)
            throws IOException {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        environment.put("ENCLAVE_HOME", isolation.pathAsSeen(image, "/opt/enclave"));
        image.environment().forEach((name, value) -> environment.put(name, isolation.pathAsSeen(image, value)));
        String seen = isolation.socketsAsSeen(sockets);
        environment.put("ENCLAVE_LISTEN", "unix:" + seen + "/" + socketName(cid));
        environment.put("ENCLAVE_NSM", "unix:" + seen + "/nsm.sock");
        if (isolation.kind() != IsolationKind.BUBBLEWRAP) {
            environment.put(Janitor.MARKER, folders.marker());
        }
        return environment;
    }

    private static String socketName(long cid) {
        return cid + "_" + PORT + ".sock";
    }
}
