package dev.enclaveconsole.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclaveconsole.sandbox.enclave.IsolationKind;
import dev.enclaveconsole.sandbox.process.Tools;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Each way of keeping an enclave apart runs the same image; the console says what it is worth.
@Timeout(120)
class IsolationTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void runsTheImageAndSaysHow(IsolationKind kind) throws Exception {
        Assumptions.assumeTrue(works(kind), kind + " does not work on this machine");
        Path installation = StandIn.installation(folder);
        SandboxOptions options = new SandboxOptions(installation, kind, new RunningSandboxes(folder.resolve("run")));
        try (SandboxHost host = SandboxHost.start(options);
                Login login = new Login(host)) {
            Login.Result run = login.run(
                    "nitro-cli run-enclave --debug-mode --cpu-count 2 --memory 128 --eif-path .enclave-console/images/demo.eif");
            assertThat(run.code()).as(run.errors()).isZero();
            String console = login.run("nitro-cli console --disconnect-timeout 1 --enclave-name demo")
                    .output();
            assertThat(console).contains("hello from the enclave\n", "home ", "/opt/enclave\n");
            switch (kind) {
                case BUBBLEWRAP ->
                    assertThat(console)
                            .contains("own namespaces")
                            .doesNotContain("sees the machine's files")
                            .contains("home /opt/enclave\n");
                case UNSHARE -> assertThat(console).contains("without network (unshare)");
                case PLAIN -> assertThat(console).contains("ordinary process");
            }
            if (kind != IsolationKind.PLAIN) {
                assertThat(console.lines()
                                .filter(line -> line.startsWith("interface ") && !line.equals("interface lo")))
                        .isEmpty();
            }
        }
    }

    private static boolean works(IsolationKind kind) throws IOException, InterruptedException {
        return switch (kind) {
            case BUBBLEWRAP -> succeeds("bwrap", "--unshare-all", "--ro-bind", "/", "/", "/bin/true");
            case UNSHARE -> succeeds("unshare", "-rn", "/bin/true");
            case PLAIN -> true;
        };
    }

    private static boolean succeeds(String... command) throws IOException, InterruptedException {
        return Tools.find(command[0]).isPresent()
                && new ProcessBuilder(command).start().waitFor() == 0;
    }
}
