package dev.enclaveconsole.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclaveconsole.sandbox.process.Janitor;
import dev.enclaveconsole.sandbox.process.Tools;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// However the program that runs a sandbox ends, nothing of the sandbox stays.
@Timeout(180)
class JanitorTest {

    @TempDir
    Path folder;

    /// Starts a sandbox with an enclave and a command of the user, prints the folder, then waits.
    static final class Program {

        @SuppressWarnings("SystemOut") // the main of a process
        public static void main(String[] arguments) throws Exception {
            Path folder = Path.of(arguments[0]);
            SandboxHost host = SandboxHost.start(new SandboxOptions(
                    folder.resolve("installation"), null, new RunningSandboxes(folder.resolve("run"))));
            try (Login login = new Login(host)) {
                Login.Result run = login.run(
                        "nitro-cli run-enclave --cpu-count 2 --memory 128 --eif-path .enclave-console/images/demo.eif");
                if (run.code() != 0) {
                    throw new IllegalStateException(run.errors());
                }
                var session = login.client().startSession();
                session.exec("setsid sleep 300 & sleep 300");
                System.out.println(host.home().getParent());
                System.in.read();
                host.close();
            }
            System.exit(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"KILL", "TERM", "TERM to the group", "end"})
    void leavesNothingBehind(String end) throws Exception {
        Assumptions.assumeTrue(Files.isDirectory(Path.of("/proc/self")), "needs /proc to look for processes");
        StandIn.installation(folder);
        Process program = start();
        String root =
                new BufferedReader(new InputStreamReader(program.getInputStream(), StandardCharsets.UTF_8)).readLine();
        assertThat(root).as("the sandbox started").isNotNull();
        assertThat(processesOf(root)).as("enclave and command run").hasSizeGreaterThanOrEqualTo(3);
        if (end.equals("end")) {
            program.getOutputStream().close();
        } else {
            String target = end.endsWith("group") ? "-" + program.pid() : Long.toString(program.pid());
            new ProcessBuilder("/bin/sh", "-c", "kill -s \"$0\" -- \"$1\"", end.substring(0, 4), target)
                    .start()
                    .waitFor();
        }
        assertThat(program.waitFor(60, TimeUnit.SECONDS)).as("the program ends").isTrue();
        awaitNothingLeft(Path.of(root));
        assertThat(folder.resolve("run")).isEmptyDirectory();
    }

    private Process start() throws IOException {
        List<String> command = new ArrayList<>();
        Tools.find("setsid").ifPresent(setsid -> command.add(setsid.toString()));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName(),
                folder.toString()));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void awaitNothingLeft(Path root) throws InterruptedException, IOException {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (Files.exists(root) || !processesOf(root.toString()).isEmpty()) {
            assertThat(System.nanoTime())
                    .as("left: %s, %s", processesOf(root.toString()), root)
                    .isLessThan(deadline);
            Thread.sleep(100);
        }
    }

    private static List<Long> processesOf(String root) throws IOException {
        try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
            return entries.filter(entry -> entry.getFileName().toString().matches("\\d+"))
                    .filter(entry -> environment(entry).contains(Janitor.MARKER + "=" + root + "\0"))
                    .map(entry -> Long.valueOf(entry.getFileName().toString()))
                    .toList();
        }
    }

    private static String environment(Path entry) {
        try {
            return Files.readString(entry.resolve("environ"), StandardCharsets.ISO_8859_1);
        } catch (IOException _) {
            return "";
        }
    }
}
