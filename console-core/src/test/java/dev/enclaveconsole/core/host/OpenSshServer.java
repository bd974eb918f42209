package dev.enclaveconsole.core.host;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// OpenSSH's own server on a random loopback port, with its own keys, and a home folder inside the given one.
public final class OpenSshServer implements AutoCloseable {
    private static final Path SSHD = Path.of("/usr/sbin/sshd");

    private final Path folder;
    private final int port;
    private final Process process;

    private OpenSshServer(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /// Skips the test where there is no sshd.
    ///
    /// @param options further lines of its sshd_config
    public static OpenSshServer start(Path folder, String... options) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Assumptions.assumeTrue(Files.isExecutable(SSHD), "openssh-server is not installed");
        if (!Files.exists(Path.of("/run/sshd")) && Files.isWritable(Path.of("/run"))) {
            Files.createDirectory(Path.of("/run/sshd"));
        }
        int port;
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = probe.getLocalPort();
        }
        for (String type : List.of("ed25519", "ecdsa", "rsa")) {
            keygen(folder.resolve("host_" + type), type, "");
        }
        keygen(folder.resolve("id_ed25519"), "ed25519", "");
        keygen(folder.resolve("id_locked"), "ed25519", "correct horse");
        keygen(folder.resolve("id_stranger"), "ed25519", "");
        Files.writeString(
                folder.resolve("authorized_keys"),
                Files.readString(folder.resolve("id_ed25519.pub")) + Files.readString(folder.resolve("id_locked.pub")));
        script(folder.resolve("login"), """
                #!/bin/sh
                export HOME=%1$s/home PATH=%1$s/home/bin:$PATH
                cd "$HOME"
                exec /bin/sh -c "$SSH_ORIGINAL_COMMAND"
                """.formatted(folder));
        Files.createDirectories(folder.resolve("home/bin"));
        Path config = Files.writeString(folder.resolve("sshd_config"), configuration(folder, port, "ed25519", options));
        Process process = new ProcessBuilder(SSHD.toString(), "-D", "-f", config.toString(), "-e")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("sshd.out").toFile())
                .start();
        OpenSshServer server = new OpenSshServer(folder, port, process);
        server.awaitPort();
        return server;
    }

    /// A SHLVL above 1 keeps bash from reading `~/.bashrc`, which may do anything: wait for a lock, for instance.
    private static String configuration(Path folder, int port, String hostKey, String... options) {
        return String.join("\n", options) + """

                Port %1$d
                ListenAddress 127.0.0.1
                HostKey %2$s/host_%3$s
                PidFile %2$s/sshd.pid
                AuthorizedKeysFile %2$s/authorized_keys
                StrictModes no
                UsePAM no
                SetEnv SHLVL=5
                PasswordAuthentication no
                PermitRootLogin yes
                Subsystem sftp /usr/lib/openssh/sftp-server
                ForceCommand %2$s/login
                """.formatted(port, folder, hostKey);
    }

    /// From the next connection on the server presents its host key of this type.
    public void presentHostKey(String type, String... options) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("sshd_config"), configuration(folder, port, type, options));
        new ProcessBuilder("kill", "-HUP", String.valueOf(process.pid()))
                .start()
                .waitFor();
        Thread.sleep(500);
        awaitPort();
    }

    public int port() {
        return port;
    }

    public Path home() {
        return folder.resolve("home");
    }

    public Path file(String name) {
        return folder.resolve(name);
    }

    /// Lets the public keys of this file in as well.
    public void authorize(Path publicKey) throws IOException {
        Files.writeString(folder.resolve("authorized_keys"), Files.readString(publicKey), StandardOpenOption.APPEND);
    }

    /// Ends the server's processes for connections; the server itself stays.
    public void dropConnections() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
    }

    /// `type base64` of a host key.
    public String hostKey(String type) throws IOException {
        List<String> fields = List.of(
                Files.readString(folder.resolve("host_" + type + ".pub")).split(" "));
        return fields.get(0) + " " + fields.get(1).strip();
    }

    public String knownHostsLine(String type) throws IOException {
        return "[127.0.0.1]:" + port + " " + hostKey(type);
    }

    public HostEntry entry(boolean allowUntrusted) {
        return entry("id_ed25519", allowUntrusted);
    }

    public HostEntry entry(String identity, boolean allowUntrusted) {
        return new HostEntry(
                "test",
                "127.0.0.1",
                port,
                System.getProperty("user.name"),
                Optional.of(folder.resolve(identity)),
                allowUntrusted);
    }

    public SshSettings settings(KnownHosts knownHosts, Optional<Path> agentArchive) {
        return new SshSettings(knownHosts, folder, agentArchive, Duration.ofSeconds(10), Duration.ofSeconds(15));
    }

    public static void script(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }

    private void awaitPort() throws IOException, InterruptedException {
        for (int i = 0; i < 100; i++) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
                return;
            } catch (IOException e) {
                Thread.sleep(100);
            }
        }
        throw new IOException("sshd does not answer: " + Files.readString(folder.resolve("sshd.out")));
    }

    static void keygen(Path file, String type, String passphrase) throws IOException, InterruptedException {
        Process keygen = new ProcessBuilder(
                        "ssh-keygen", "-q", "-t", type, "-N", passphrase, "-C", "test", "-f", file.toString())
                .inheritIO()
                .start();
        if (!keygen.waitFor(60, TimeUnit.SECONDS) || keygen.exitValue() != 0) {
            throw new IOException("ssh-keygen failed");
        }
    }
}
