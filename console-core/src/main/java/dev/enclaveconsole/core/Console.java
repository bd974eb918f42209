package dev.enclaveconsole.core;

import dev.enclaveconsole.core.enclave.ConsoleArchive;
import dev.enclaveconsole.core.enclave.EnclaveInfo;
import dev.enclaveconsole.core.enclave.EnclaveLifecycle;
import dev.enclaveconsole.core.enclave.NitroCli;
import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.host.HostEntry;
import dev.enclaveconsole.core.host.HostKeyDecider;
import dev.enclaveconsole.core.host.HostProbe;
import dev.enclaveconsole.core.host.HostSession;
import dev.enclaveconsole.core.host.HostStore;
import dev.enclaveconsole.core.host.KnownHosts;
import dev.enclaveconsole.core.host.PassphrasePrompt;
import dev.enclaveconsole.core.host.SshSettings;
import dev.enclaveconsole.core.host.config.SshConfig;
import dev.enclaveconsole.core.host.config.SshConfigHosts;
import dev.enclaveconsole.core.operation.OperationContext;
import dev.enclaveconsole.core.operation.OperationRunner;
import dev.enclaveconsole.core.predict.ModelStore;
import dev.enclaveconsole.core.secrets.SecretStores;
import dev.enclaveconsole.core.settings.ConsoleFolders;
import dev.enclaveconsole.core.settings.PreferencesStore;
import dev.enclaveconsole.core.trust.Attestation;
import dev.enclaveconsole.core.trust.AttestedSession;
import dev.enclaveconsole.core.trust.OperatorKey;
import dev.enclaveconsole.core.trust.Pins;
import dev.enclaveconsole.core.trust.VerdictStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything the console can do, composed for one run of the program. Window and terminal have one each.
public final class Console implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Console.class);

    private final ConsoleFolders folders;
    private final OperationRunner operations;
    private final PreferencesStore preferences;
    private final HostStore hosts;
    private final Pins pins;
    private final VerdictStore verdicts;
    private final ModelStore models;
    private final SshSettings ssh;

    public Console(ConsoleFolders folders, OperationRunner operations) {
        this.folders = folders;
        this.operations = operations;
        this.preferences = new PreferencesStore(folders.config().resolve("preferences.json"));
        this.hosts = new HostStore(folders.config().resolve("hosts.json"));
        this.pins = new Pins(folders.config().resolve("pins.json"), folders.installed("images"));
        this.verdicts = new VerdictStore(folders.state().resolve("verdicts"));
        this.models = new ModelStore(folders.state().resolve("models"));
        Path sshFolder = Path.of(System.getProperty("user.home"), ".ssh");
        this.ssh = new SshSettings(
                KnownHosts.inFiles(folders.state().resolve("known_hosts"), List.of(sshFolder.resolve("known_hosts"))),
                sshFolder,
                folders.installed("agent/parent-agent-linux-x86_64.tar.gz"),
                SshSettings.CONNECT_TIMEOUT,
                SshSettings.KEEP_ALIVE,
                SshSettings.keyAgentOfThisUser(),
                SecretStores.ofThisComputer(),
                SshSettings.RECONNECT_FOR);
    }

    public ConsoleFolders folders() {
        return folders;
    }

    public OperationRunner operations() {
        return operations;
    }

    public PreferencesStore preferences() {
        return preferences;
    }

    public HostStore hosts() {
        return hosts;
    }

    public Pins pins() {
        return pins;
    }

    public VerdictStore verdicts() {
        return verdicts;
    }

    public ModelStore models() {
        return models;
    }

    /// Made when first asked for.
    public synchronized OperatorKey operatorKey() throws ConsoleException {
        return OperatorKey.loadOrCreate(folders.state().resolve("operator-key.pem"));
    }

    public HostSession connect(
            HostEntry entry, HostKeyDecider decider, PassphrasePrompt prompt, OperationContext context)
            throws ConsoleException {
        return HostSession.connect(entry, ssh, decider, prompt, context);
    }

    /// Tries the way to a host step by step; the result has to be closed.
    public HostProbe probe(HostEntry entry, HostKeyDecider decider, PassphrasePrompt prompt, OperationContext context) {
        return HostProbe.run(entry, ssh, decider, prompt, context);
    }

    /// As above for a host whose key only `knownHostsFile` may vouch for; asks nothing.
    public HostProbe probePinned(HostEntry entry, Path knownHostsFile, OperationContext context) {
        return HostProbe.run(
                entry,
                ssh.withKnownHosts(KnownHosts.onlyIn(knownHostsFile)),
                HostKeyDecider.refuse(),
                PassphrasePrompt.none(),
                context);
    }

    /// What this user's `~/.ssh/config`, or another file of its kind, says about hosts.
    public SshConfigHosts sshConfig(Optional<Path> file) throws ConsoleException {
        Path config = file.orElse(ssh.sshFolder().resolve("config"));
        Path home = Path.of(System.getProperty("user.home"));
        return new SshConfigHosts(SshConfig.read(config, home, ssh.sshFolder(), System.getProperty("user.name")));
    }

    /// Adds the hosts that this user's `~/.ssh/config` names and the list does not have.
    ///
    /// @throws ConsoleException `ssh-config.nothing-new`, or why one of them cannot be added
    public List<HostEntry> importSshConfig() throws ConsoleException {
        SshConfigHosts config = sshConfig(Optional.empty());
        List<HostEntry> added = new ArrayList<>();
        for (String name : config.names()) {
            if (hosts.find(name).isEmpty() && !name.equalsIgnoreCase(HostStore.SANDBOX)) {
                HostEntry entry = config.entry(name);
                hosts.add(entry);
                added.add(entry);
            }
        }
        if (added.isEmpty()) {
            throw new ConsoleException(Problem.failed(
                    "ssh-config.nothing-new",
                    "There is no host in ~/.ssh/config that is not in the list already.",
                    "Only names without wildcards can be added.",
                    "Add a host by hand, or one by its name in the terminal: console host import NAME"));
        }
        return added;
    }

    /// Connects to a host whose key only `knownHostsFile` may vouch for, such as the sandbox's; asks nothing.
    public HostSession connectPinned(HostEntry entry, Path knownHostsFile, OperationContext context)
            throws ConsoleException {
        return connect(entry, KnownHosts.onlyIn(knownHostsFile), context);
    }

    /// As above, with known_hosts lines at hand.
    public HostSession connectPinned(HostEntry entry, List<String> knownHostsLines, OperationContext context)
            throws ConsoleException {
        return connect(entry, KnownHosts.exactly(knownHostsLines), context);
    }

    private HostSession connect(HostEntry entry, KnownHosts knownHosts, OperationContext context)
            throws ConsoleException {
        return HostSession.connect(
                entry, ssh.withKnownHosts(knownHosts), HostKeyDecider.refuse(), PassphrasePrompt.none(), context);
    }

    public NitroCli nitroCli(HostSession host) {
        return new NitroCli(host);
    }

    public EnclaveLifecycle lifecycle(HostSession host) {
        String name = host.entry().name();
        return new EnclaveLifecycle(name, host, consoles(name), Clock.systemUTC());
    }

    /// Enclaves of a host that this computer remembers, with the saved consoles; no connection is needed.
    public ConsoleArchive consoles(String hostName) {
        return new ConsoleArchive(
                folders.state().resolve("consoles").resolve(hostName.replaceAll("[^A-Za-z0-9._-]", "_")));
    }

    /// Verifies and claims; the verdict is saved whether it is good or not.
    public AttestedSession attest(HostSession host, EnclaveInfo enclave, OperationContext context)
            throws ConsoleException {
        return AttestedSession.open(host, enclave, pins, operatorKey(), this::saveQuietly, context);
    }

    private void saveQuietly(Attestation attestation) {
        try {
            verdicts.save(attestation);
        } catch (ConsoleException e) {
            LOG.warn("{}", e.problem().sentence());
        }
    }

    @Override
    public void close() {
        operations.close();
    }
}
