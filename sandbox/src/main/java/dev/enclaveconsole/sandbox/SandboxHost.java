package dev.enclaveconsole.sandbox;

import dev.enclaveconsole.agent.bridge.Dialer;
import dev.enclaveconsole.sandbox.enclave.EnclaveFolders;
import dev.enclaveconsole.sandbox.enclave.EnclaveHost;
import dev.enclaveconsole.sandbox.enclave.HostFiles;
import dev.enclaveconsole.sandbox.nitrocli.ControlSocket;
import dev.enclaveconsole.sandbox.nitrocli.NitroCli;
import dev.enclaveconsole.sandbox.nitrocli.NitroCliLauncher;
import dev.enclaveconsole.sandbox.nsm.HostIdentity;
import dev.enclaveconsole.sandbox.parent.ParentSystem;
import dev.enclaveconsole.sandbox.process.Janitor;
import dev.enclaveconsole.sandbox.ssh.Account;
import dev.enclaveconsole.sandbox.ssh.SshEndpoint;
import dev.enclaveconsole.sandbox.ssh.SshKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Clock;
import java.util.HashMap;
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
        HostIdentity instance = HostIdentity.random();
        ParentSystem parent = ParentSystem.bare(folder.parent(), instance);
        Map<String, String> environment = environment(folder, parent);
        Account account = new Account(USER, userKey.getPublic(), folder.home(), environment, () -> parent.login(USER));
        HostFiles files = HostFiles.create(folder.hostRoot());
        EnclaveHost enclaves = enclaveHost(options, folder, instance, files, janitor);
        Path demoImage = options.installation().resolve("images").resolve("demo.eif");
        ControlSocket control = ControlSocket.listen(
                folder.controlSocket(), new NitroCli(enclaves, files.logs(), demoImage, Clock.systemUTC()));
        NitroCliLauncher.write(parent.nitroCli(), folder.controlSocket());
        if (!options.bare()) {
            parent.prepare(environment);
        }
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
            SandboxOptions options, SandboxFolder folder, HostIdentity identity, HostFiles files, Janitor janitor) {
        EnclaveFolders folders = new EnclaveFolders(
                folder.images(), folder.sockets(), files, folder.root().toString());
        return new EnclaveHost(identity, folders, options.isolation(), janitor, Clock.systemUTC());
    }

    private static Map<String, String> environment(SandboxFolder folder, ParentSystem parent) {
        Map<String, String> environment = new HashMap<>(parent.environment());
        environment.put("HOME", folder.home().toString());
        environment.put("USER", USER);
        environment.put("LOGNAME", USER);
        environment.put("SHELL", "/bin/sh");
        environment.put(Dialer.VARIABLE, "unix:" + folder.sockets());
        environment.put(Janitor.MARKER, folder.root().toString());
        return Map.copyOf(environment);
    }

    private static void linkDemoImage(Path installation, Path home) throws IOException {
        Path images = Files.createDirectories(home.resolve(".enclave-console").resolve("images"));
        Path demo = installation.resolve("images").resolve("demo.eif").toAbsolutePath();
        if (Files.isRegularFile(demo)) {
            Files.createSymbolicLink(images.resolve("demo.eif"), demo);
        }
    }
}
