package dev.enclaveconsole.core.host.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.host.HostKeyDecider;
import dev.enclaveconsole.core.host.HostSession;
import dev.enclaveconsole.core.host.KnownHosts;
import dev.enclaveconsole.core.host.OpenSshServer;
import dev.enclaveconsole.core.host.PassphrasePrompt;
import dev.enclaveconsole.core.operation.OperationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The doctor over OpenSSH's own server, on hosts whose programs are stand-ins that note how they were called.
@Timeout(120)
class OpenSshHostTest {
    private static final OperationContext NONE = OperationContext.none();

    @TempDir
    static Path folder;

    private static OpenSshServer sshd;
    private static HostSession session;

    @BeforeAll
    static void start() throws Exception {
        sshd = OpenSshServer.start(folder);
        OpenSshServer.script(folder.resolve("login"), """
                #!/bin/sh
                export HOME=%1$s/home ENCLAVE_CONSOLE_HOST_ROOT=%1$s/root PATH=%1$s/bin:/usr/bin:/bin
                cd "$HOME"
                exec /bin/sh -c "$SSH_ORIGINAL_COMMAND"
                """.formatted(folder));
        session = HostSession.connect(
                sshd.entry(false),
                sshd.settings(KnownHosts.exactly(List.of(sshd.knownHostsLine("ed25519"))), Optional.empty()),
                HostKeyDecider.refuse(),
                PassphrasePrompt.none(),
                NONE);
    }

    @AfterAll
    static void stop() {
        if (session != null) {
            session.close();
            sshd.close();
        }
    }

    @BeforeEach
    void freshHost() throws Exception {
        new ProcessBuilder("rm", "-rf", folder + "/root", folder + "/bin", folder + "/home/.enclave-console")
                .inheritIO()
                .start()
                .waitFor();
        Files.deleteIfExists(folder.resolve("calls"));
        program("id", "case $1 in -u) echo 1000;; -un) echo ec2-user;; *) echo 'ec2-user wheel';; esac");
        program("sudo", "[ \"$1\" = -n ] && shift; [ \"$1\" = true ] || echo \"sudo $*\" >>" + folder + "/calls");
        for (String missing : List.of("docker", "nginx", "nitro-cli", "systemctl", "apt-cache")) {
            program(missing, "exit 127");
        }
    }

    @Test
    void installsByTheTopicsOfAmazonLinux2() throws Exception {
        os("amzn", "2", "Amazon Linux 2");
        Diagnosis diagnosis = examine();
        assertThat(commands(diagnosis, "nitro-cli"))
                .containsExactly("sudo -n amazon-linux-extras install -y aws-nitro-enclaves-cli");
        assertThat(commands(diagnosis, "nitro-blobs"))
                .containsExactly("sudo -n yum install -y aws-nitro-enclaves-cli-devel");
        assertThat(commands(diagnosis, "nginx"))
                .containsExactly(
                        "sudo -n amazon-linux-extras install -y nginx1",
                        "sudo -n yum install -y nginx-mod-stream",
                        "sudo -n systemctl enable --now nginx");
        Fix fix = diagnosis.find("nginx").orElseThrow().fix().orElseThrow();
        new Repair(session).apply(fix, diagnosis.facts(), _ -> {}, NONE);
        assertThat(calls())
                .containsExactly(
                        "sudo amazon-linux-extras install -y nginx1",
                        "sudo yum install -y nginx-mod-stream",
                        "sudo systemctl enable --now nginx");
        UndoRecord made = new Repair(session).undoable(NONE).getFirst();
        assertThat(made.id()).isEqualTo("nginx");
        assertThat(made.script()).contains("sudo -n yum remove -y nginx nginx-mod-stream");
        new Repair(session).undo(made, diagnosis.facts(), _ -> {}, NONE);
        assertThat(calls()).endsWith("sudo systemctl disable --now nginx", "sudo yum remove -y nginx nginx-mod-stream");
    }

    @Test
    void knowsWhatUbuntuHasAndWhatItLacks() throws Exception {
        os("ubuntu", "24.04", "Ubuntu 24.04 LTS");
        Diagnosis diagnosis = examine();
        assertThat(diagnosis.find("nitro-cli").orElseThrow().fix()).isEmpty();
        assertThat(diagnosis.find("nitro-cli").orElseThrow().advice()).contains("Build it from");
        assertThat(commands(diagnosis, "driver"))
                .contains(
                        "sudo -n env DEBIAN_FRONTEND=noninteractive apt-get -q -y install linux-modules-extra-aws",
                        "sudo -n modprobe nitro_enclaves");
        assertThat(commands(diagnosis, "docker")).contains("sudo -n systemctl enable --now docker");
        assertThat(commands(diagnosis, "nginx-site").getLast()).isEqualTo("sudo -n systemctl reload-or-restart nginx");
        program("apt-cache", "echo '  Candidate: 1.4.2-1'");
        assertThat(commands(examine(), "nitro-cli"))
                .endsWith("sudo -n env DEBIAN_FRONTEND=noninteractive apt-get -q -y install aws-nitro-enclaves-cli");
    }

    @Test
    void offersNoInstallationOnASystemItDoesNotKnow() throws Exception {
        os("slackware", "15", "Slackware 15");
        Diagnosis diagnosis = examine();
        assertThat(diagnosis.find("system").orElseThrow().severity()).isEqualTo(Severity.UNKNOWN);
        assertThat(diagnosis.fixes().stream().map(Fix::id))
                .doesNotContain("nitro-cli", "nitro-blobs", "docker", "nginx", "nginx-site");
    }

    @Test
    void changesNothingWhereSudoWantsAPassword() throws Exception {
        os("amzn", "2023", "Amazon Linux 2023");
        program("sudo", "echo 'sudo: a password is required' >&2; exit 1");
        Diagnosis diagnosis = examine();
        Finding sudo = diagnosis.find("sudo").orElseThrow();
        assertThat(sudo.severity()).isEqualTo(Severity.WARNING);
        assertThat(sudo.what()).contains("ec2-user").contains("password");
        Fix fix = diagnosis.find("nitro-cli").orElseThrow().fix().orElseThrow();
        ConsoleException refused = catchThrowableOfType(
                ConsoleException.class, () -> new Repair(session).apply(fix, diagnosis.facts(), _ -> {}, NONE));
        assertThat(refused.problem().code()).isEqualTo("host.sudo-password");
        assertThat(refused.problem().remedy()).contains("NOPASSWD");
        assertThat(new Repair(session).undoable(NONE)).isEmpty();
    }

    @Test
    void seesThatTheAllocatorGotLessThanItsFileSays() throws Exception {
        os("amzn", "2023", "Amazon Linux 2023");
        root("etc/nitro_enclaves/allocator.yaml", "---\nmemory_mib: 4096\ncpu_count: 2\n");
        kernel(600, "1,5");
        Finding short0 = examine().find("allocator").orElseThrow();
        assertThat(short0.severity()).isEqualTo(Severity.PROBLEM);
        assertThat(short0.what()).contains("1200 MiB and 2 CPUs").contains("4096 MiB and 2 CPUs");
        assertThat(short0.fix().orElseThrow().steps().getFirst().command()).contains("describe-enclaves");
        program("nitro-cli", "echo '[ { \"EnclaveID\": \"i-1-enc1\" } ]'");
        Finding busy = examine().find("allocator").orElseThrow();
        assertThat(busy.fix()).isEmpty();
        assertThat(busy.advice()).contains("Terminate the enclaves first");
    }

    @Test
    void warnsOfADockerThatNitroCliDoesNotUnderstand() throws Exception {
        os("amzn", "2023", "Amazon Linux 2023");
        program("systemctl", "[ \"$1\" = is-active ] && echo active || echo enabled");
        program("docker", "echo 'Docker version 27.3.1, build x'");
        Finding docker = examine().find("docker").orElseThrow();
        assertThat(docker.severity()).isEqualTo(Severity.WARNING);
        assertThat(docker.why()).contains("E48");
        program("docker", "echo 'Docker version 25.0.8, build x'");
        assertThat(examine().find("docker").orElseThrow().severity()).isEqualTo(Severity.OK);
    }

    @Test
    void readsTheClockWithinTheTimeOfTheWay() throws Exception {
        os("amzn", "2023", "Amazon Linux 2023");
        assertThat(examine().find("clock").orElseThrow().severity()).isEqualTo(Severity.OK);
        Clock late = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-5));
        Finding ahead = new Doctor(session, late).examine(NONE).find("clock").orElseThrow();
        assertThat(ahead.severity()).isEqualTo(Severity.PROBLEM);
        assertThat(ahead.what()).contains("ahead of");
        Clock early = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(30));
        Finding behind = new Doctor(session, early).examine(NONE).find("clock").orElseThrow();
        assertThat(behind.severity()).isEqualTo(Severity.WARNING);
        assertThat(behind.what()).contains("behind");
    }

    private static Diagnosis examine() throws ConsoleException {
        return new Doctor(session, Clock.systemUTC()).examine(NONE);
    }

    private static List<String> commands(Diagnosis diagnosis, String id) {
        return diagnosis.find(id).orElseThrow().fix().orElseThrow().steps().stream()
                .map(Step::command)
                .toList();
    }

    private static List<String> calls() throws IOException {
        return Files.readAllLines(folder.resolve("calls"));
    }

    private static void program(String name, String body) throws IOException {
        OpenSshServer.script(folder.resolve("bin").resolve(name), "#!/bin/sh\n" + body + "\n");
    }

    private static void os(String id, String version, String name) throws IOException {
        root("etc/os-release", "ID=%s\nVERSION_ID=\"%s\"\nPRETTY_NAME=\"%s\"\n".formatted(id, version, name));
    }

    private static void kernel(int pages, String pool) throws IOException {
        String node = "sys/devices/system/node/node0/hugepages/hugepages-2048kB/";
        root(node + "nr_hugepages", pages + "\n");
        root(node + "free_hugepages", pages + "\n");
        root("sys/module/nitro_enclaves/parameters/ne_cpus", pool + "\n");
    }

    private static void root(String path, String text) throws IOException {
        Path file = folder.resolve("root").resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
