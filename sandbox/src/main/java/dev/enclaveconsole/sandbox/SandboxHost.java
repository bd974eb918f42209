package dev.enclaveconsole.sandbox;

import dev.enclaveconsole.agent.bridge.Dialer;
import dev.enclaveconsole.sandbox.enclave.EnclaveFolders;
import dev.enclaveconsole.sandbox.enclave.EnclaveHost;
import dev.enclaveconsole.sandbox.enclave.HostFiles;
import dev.enclaveconsole.sandbox.nitrocli.ControlSocket;
import dev.enclaveconsole.sandbox.nitrocli.NitroCli;
import dev.enclaveconsole.sandbox.nitrocli.NitroCliLauncher;
import dev.enclaveconsole.sandbox.nsm.HostIdentity;
import dev.enclaveconsole.sandbox.process.Janitor;
import dev.enclaveconsole.sandbox.process.Tools;
import dev.enclaveconsole.sandbox.ssh.Account;
import dev.enclaveconsole.sandbox.ssh.SshEndpoint;
import dev.enclaveconsole.sandbox.ssh.SshKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/// A parent host on this machine, to learn and to test on: an SSH server on loopback, `nitro-cli`, a security module
/// and enclaves that are
/// ordinary processes without network. Nothing in it is confidential and no verdict about it is ever green.
///
/// It leaves nothing behind: closing it, or the end of this process in any way, ends its processes and removes its
/// folder.
public final class SandboxHost implements AutoCloseable {

    private static final String USER = "ec2-user";

    private final RunningSandbox description;
    private final SshEndpoint ssh;
    private final ControlSocket control;
    private final EnclaveHost enclaves;
    private final Janitor janitor;

    private SandboxHost(
            RunningSandbox description, SshEndpoint ssh, ControlSocket control, EnclaveHost enclaves, Janitor janitor) {
        this.description = description;
        this.ssh = ssh;
        this.control = control;
        this.enclaves = enclaves;
        this.janitor = janitor;
    }

    /// Starts a sandbox; it answers when this returns (about a second).
    public static SandboxHost start(SandboxOptions options) throws IOException {
        SandboxFolder folder = SandboxFolder.create();
        Path descriptor = options.registry().fileFor(folder.root().getFileName().toString());
        Janitor janitor = Janitor.start(folder.root(), descriptor);
        try {
            return start(options, folder, janitor, descriptor);
        } catch (GeneralSecurityException e) {
            janitor.close();
            throw new IOException("the sandbox's keys could not be made: " + e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            janitor.close();
            throw e;
        }
    }

    private static SandboxHost start(SandboxOptions options, SandboxFolder folder, Janitor janitor, Path descriptor)
            throws IOException, GeneralSecurityException {
        KeyPair hostKey = SshKeys.generate();
        KeyPair userKey = SshKeys.generate();
        Path identity = folder.keys().resolve("id_ed25519");
        SshKeys.write(userKey, identity, USER + "@sandbox");
        linkDemoImage(options.installation(), folder.home());
        Account account = new Account(USER, userKey.getPublic(), folder.home(), environment(folder));
        HostFiles files = HostFiles.create(folder.hostRoot());
        EnclaveHost enclaves = enclaveHost(options, folder, files, janitor);
        Path demoImage = options.installation().resolve("images").resolve("demo.eif");
        ControlSocket control = ControlSocket.listen(
                folder.controlSocket(), new NitroCli(enclaves, files.logs(), demoImage, Clock.systemUTC()));
        NitroCliLauncher.write(folder.programs().resolve("nitro-cli"), folder.controlSocket());
        SshEndpoint ssh = SshEndpoint.start(account, hostKey, janitor);
        RunningSandbox description = new RunningSandbox(
                ProcessHandle.current().pid(), ssh.port(), USER, identity, SshKeys.publicLine(hostKey), folder.home());
        RunningSandboxes.write(descriptor, description);
        return new SandboxHost(description, ssh, control, enclaves, janitor);
    }

    /// A sandbox that another console of this user has started and that still runs.
    public static Optional<RunningSandbox> findRunning() {
        return RunningSandboxes.ofThisUser().find();
    }

    public RunningSandbox description() {
        return description;
    }

    /// SSH port on 127.0.0.1.
    public int port() {
        return description.port();
    }

    public String user() {
        return description.user();
    }

    public Path identityFile() {
        return description.identityFile();
    }

    /// The line that a known_hosts file needs to trust this host.
    public String knownHostsLine() {
        return description.knownHostsLine();
    }

    public Path home() {
        return description.home();
    }

    @Override
    public void close() throws IOException {
        try (janitor;
                enclaves;
                control) {
            ssh.close();
        }
    }

    private static EnclaveHost enclaveHost(
            SandboxOptions options, SandboxFolder folder, HostFiles files, Janitor janitor) {
        HostIdentity identity = HostIdentity.random();
        EnclaveFolders folders = new EnclaveFolders(
                folder.images(), folder.sockets(), files, folder.root().toString());
        return new EnclaveHost(identity, folders, options.isolation(), janitor, Clock.systemUTC());
    }

    private static Map<String, String> environment(SandboxFolder folder) {
        return Map.of(
                "PATH",
                folder.programs() + ":" + Tools.systemPath(),
                "HOME",
                folder.home().toString(),
                "USER",
                USER,
                "LOGNAME",
                USER,
                "SHELL",
                "/bin/sh",
                Dialer.VARIABLE,
                "unix:" + folder.sockets(),
                HostFiles.VARIABLE,
                folder.hostRoot().toString(),
                Janitor.MARKER,
                folder.root().toString());
    }

    private static void linkDemoImage(Path installation, Path home) throws IOException {
        Path images = Files.createDirectories(home.resolve(".enclave-console").resolve("images"));
        Path demo = installation.resolve("images").resolve("demo.eif").toAbsolutePath();
        if (Files.isRegularFile(demo)) {
            Files.createSymbolicLink(images.resolve("demo.eif"), demo);
        }
    }
}
