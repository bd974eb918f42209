package dev.enclaveconsole.core.enclave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.host.BashAgent;
import dev.enclaveconsole.core.host.HostKeyDecider;
import dev.enclaveconsole.core.host.HostSession;
import dev.enclaveconsole.core.host.KnownHosts;
import dev.enclaveconsole.core.host.OpenSshServer;
import dev.enclaveconsole.core.host.PassphrasePrompt;
import dev.enclaveconsole.core.operation.OperationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// As a systemd service, on a host behind OpenSSH's sshd whose sudo and systemctl note what they are told.
@Timeout(120)
class EnclavePublisherTest {
    private static final OperationContext NONE = OperationContext.none();

    @TempDir
    static Path folder;

    private static OpenSshServer sshd;
    private static HostSession session;

    @BeforeAll
    static void start() throws Exception {
        sshd = OpenSshServer.start(folder);
        String login = Files.readString(sshd.file("login"));
        OpenSshServer.script(
                sshd.file("login"),
                login.replace("cd \"$HOME\"", "export ENCLAVE_CONSOLE_HOST_ROOT=$HOME/root\ncd \"$HOME\""));
        script("sudo", "[ \"$1\" = -n ] && shift; exec \"$@\"");
        script("systemctl", "echo \"$*\" >>\"$HOME/systemctl.log\"; [ \"$1\" = is-active ] && echo active; exit 0");
        session = HostSession.connect(
                sshd.entry(false),
                sshd.settings(
                        KnownHosts.exactly(List.of(sshd.knownHostsLine("ed25519"))),
                        Optional.of(BashAgent.archive(Files.createDirectories(folder.resolve("archive"))))),
                HostKeyDecider.refuse(),
                PassphrasePrompt.none(),
                NONE);
    }

    @AfterAll
    static void stop() {
        if (sshd != null) {
            session.close();
            sshd.close();
        }
    }

    @Test
    void installsTheServiceThatItShowedAndTakesItBack() throws Exception {
        EnclavePublisher publisher = new EnclavePublisher(session);
        PublicAddress address = PublicAddress.parse("0.0.0.0:443");
        String script = publisher.script(enclave(), address, true, NONE);
        assertThat(script).contains("sudo -n systemctl enable --now enclave-console-publish@443.service");
        assertThat(publisher.list(NONE)).isEmpty();
        publisher.start(script, address, NONE);

        Path root = sshd.home().resolve("root");
        assertThat(root.resolve("etc/enclave-console/publish-443.env"))
                .hasContent("LISTEN=0.0.0.0:443\nCID=17\nVSOCK_PORT=8443");
        assertThat(root.resolve("etc/systemd/system/enclave-console-publish@.service"))
                .content()
                .contains("parent-agent serve --listen ${LISTEN} --cid ${CID}");
        assertThat(root.resolve("opt/enclave-console/agent/bin/parent-agent")).isExecutable();
        assertThat(publisher.list(NONE)).containsExactly(new Publication(443, true, "active"));
        assertThat(code(() -> publisher.start(script, address, NONE))).isEqualTo("publish.taken");

        publisher.stop(publisher.require(Optional.empty(), NONE), NONE);
        assertThat(publisher.list(NONE)).isEmpty();
        assertThat(sshd.home().resolve("systemctl.log"))
                .content()
                .contains("daemon-reload", "disable --now enclave-console-publish@443.service");
        assertThat(code(() -> publisher.require(Optional.of(443), NONE))).isEqualTo("publish.unknown");
    }

    @Test
    void saysWhyTheAgentCouldNotServe() throws Exception {
        EnclavePublisher publisher = new EnclavePublisher(session);
        PublicAddress address = PublicAddress.parse("127.0.0.1:9443");
        String script = publisher.script(enclave(), address, false, NONE);
        ConsoleException failure =
                catchThrowableOfType(ConsoleException.class, () -> publisher.start(script, address, NONE));
        assertThat(failure.problem().code()).isEqualTo("publish.failed");
        assertThat(failure.problem().why()).contains("does not answer");
        assertThat(publisher.list(NONE)).isEmpty();
    }

    @Test
    void takesNumericAddressesOnly() {
        for (String wrong : List.of("host:1", "0.0.0.0", "1.2.3.4:0", "1.2.3.4:70000", "$(id):443", "")) {
            assertThat(code(() -> PublicAddress.parse(wrong))).as(wrong).isEqualTo("publish.address");
        }
    }

    private static EnclaveInfo enclave() {
        return new EnclaveInfo(
                "i-1-enc1", "demo", 17, 2, List.of(1, 5), 512, EnclaveInfo.State.RUNNING, false, Map.of());
    }

    private static void script(String name, String body) throws IOException {
        OpenSshServer.script(sshd.home().resolve("bin/" + name), "#!/bin/sh\n" + body + "\n");
    }

    private static String code(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(ConsoleException.class, call).problem().code();
    }
}
