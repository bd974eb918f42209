package dev.enclaveconsole.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.enclaveconsole.protocol.api.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `nitro-cli` of the sandbox, called as the console calls it.
@Timeout(120)
class NitroCliTest {

    private static final String DEMO = ".enclave-console/images/demo.eif";
    private static final String RUN = "nitro-cli run-enclave --eif-path " + DEMO + " --memory 128 --cpu-count 2 ";

    @TempDir
    static Path folder;

    private static SandboxHost host;
    private static Login login;

    @BeforeAll
    static void start() throws IOException {
        Path installation = StandIn.installation(folder);
        host = SandboxHost.start(new SandboxOptions(installation, null, new RunningSandboxes(folder.resolve("run"))));
        login = new Login(host);
    }

    @AfterAll
    static void stop() throws IOException {
        login.close();
        host.close();
    }

    @AfterEach
    void terminateAll() throws IOException {
        login.run("nitro-cli terminate-enclave --all");
    }

    @Test
    void namesItsVersion() throws Exception {
        assertThat(login.run("nitro-cli --version").output()).isEqualTo("Nitro CLI 1.5.0\n");
    }

    @Test
    void startsDescribesAndTerminates() throws Exception {
        Login.Result started = login.run(RUN);
        assertThat(started.errors())
                .isEqualTo("""
                        Start allocating memory...
                        Started enclave with enclave-cid: %d, memory: 128 MiB, cpu-ids: [1, 5]
                        """.formatted(json(started).get("EnclaveCID").asLong()));
        assertThat(keys(json(started)))
                .containsExactly(
                        "EnclaveName", "EnclaveID", "ProcessID", "EnclaveCID", "NumberOfCPUs", "CPUIDs", "MemoryMiB");
        assertThat(json(started).get("EnclaveName").asText()).isEqualTo("demo");
        assertThat(json(started).get("EnclaveID").asText()).matches("i-[0-9a-f]{17}-enc[0-9a-f]{15}");

        JsonNode described = json(login.run("nitro-cli describe-enclaves"));
        assertThat(described).hasSize(1);
        assertThat(keys(described.get(0)).subList(7, 10)).containsExactly("State", "Flags", "Measurements");
        assertThat(described.get(0).get("State").asText()).isEqualTo("RUNNING");
        assertThat(described.get(0).get("Flags").asText()).isEqualTo("NONE");
        JsonNode published = Json.mapper()
                .readTree(folder.resolve("installation/images/demo.json").toFile());
        for (String index : List.of("0", "1", "2")) {
            assertThat(described.get(0).get("Measurements").get("PCR" + index))
                    .isEqualTo(published.get("pcrs").get(index));
        }

        String id = json(started).get("EnclaveID").asText();
        Login.Result terminated = login.run("nitro-cli terminate-enclave --enclave-id " + id);
        assertThat(keys(json(terminated))).containsExactly("EnclaveName", "EnclaveID", "Terminated");
        assertThat(terminated.errors()).isEqualTo("Successfully terminated enclave " + id + ".\n");
        assertThat(login.run("nitro-cli describe-enclaves").output()).isEqualTo("[]\n");
        SandboxHostTest.awaitEnd(json(started).get("ProcessID").asLong());
    }

    @Test
    void numbersNamesAndCidsUpward() throws Exception {
        JsonNode first = json(login.run(RUN));
        JsonNode second = json(login.run(RUN));
        assertThat(second.get("EnclaveName").asText()).isEqualTo("demo_1");
        assertThat(second.get("EnclaveCID").asLong())
                .isGreaterThan(first.get("EnclaveCID").asLong());
        assertThat(first.get("EnclaveCID").asLong()).isGreaterThanOrEqualTo(16);
        assertThat(first(login.run(RUN + "--enclave-cid 16"))).isEqualTo("E32");
        assertThat(json(login.run("nitro-cli terminate-enclave --enclave-name demo_1"))
                        .get("Terminated")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void takesItsArgumentsFromAFile() throws Exception {
        Files.writeString(host.home().resolve("run.json"), """
                {"enclave_name":"mine","cpu_ids":[2,6],"memory_mib":130,"eif_path":"%s","enclave_cid":77,"debug_mode":true}
                """.formatted(DEMO));
        JsonNode started = json(login.run("nitro-cli run-enclave --config run.json"));
        assertThat(started.get("EnclaveName").asText()).isEqualTo("mine");
        assertThat(started.get("EnclaveCID").asLong()).isEqualTo(77);
        assertThat(started.get("MemoryMiB").asLong()).isEqualTo(130);
        assertThat(json(login.run("nitro-cli describe-enclaves --metadata"))
                        .get(0)
                        .get("Flags")
                        .asText())
                .isEqualTo("DEBUG_MODE");
    }

    @Test
    void refusesWhatTheHostCannotGive() throws Exception {
        String eif = "nitro-cli run-enclave --eif-path " + DEMO;
        assertThat(first(login.run(eif + " --cpu-count 2 --memory 0"))).isEqualTo("E26");
        assertThat(first(login.run(eif + " --cpu-count 2 --memory 9G"))).isEqualTo("E27");
        assertThat(first(login.run(eif + " --cpu-count 6 --memory 128"))).isEqualTo("E22");
        assertThat(first(login.run(eif + " --cpu-count 1 --memory 128"))).isEqualTo("E33");
        assertThat(first(login.run(eif + " --cpu-ids 1 1 --memory 128"))).isEqualTo("E20");
        assertThat(first(login.run(eif + " --cpu-ids 0 4 --memory 128"))).isEqualTo("E21");
        assertThat(first(login.run(eif + " --cpu-count two --memory 128"))).isEqualTo("E03");
        assertThat(first(login.run(eif + " --cpu-count 2 --memory 128 --enclave-cid 3")))
                .isEqualTo("E03");
        assertThat(first(login.run("nitro-cli run-enclave --eif-path no.eif --cpu-count 2 --memory 128")))
                .isEqualTo("E19");
        Files.writeString(host.home().resolve("text.eif"), "no image at all");
        assertThat(first(login.run("nitro-cli run-enclave --eif-path text.eif --cpu-count 2 --memory 128")))
                .isEqualTo("E35");
        assertThat(login.run("nitro-cli describe-enclaves").output()).isEqualTo("[]\n");
    }

    @Test
    void failedLaunchEndsWithE39AfterItsOwnErrorAndLeavesALog() throws Exception {
        Login.Result result = login.run("nitro-cli run-enclave --eif-path no.eif --cpu-count 2 --memory 128");
        assertThat(result.code()).isEqualTo(39);
        assertThat(result.errors().lines().filter(line -> line.startsWith("[ E")))
                .extracting(line -> line.substring(0, 7))
                .containsExactly("[ E19 ]", "[ E39 ]");
        assertThat(result.errors()).contains("Failed connections: 1\n", "cli-errors.html#E19");
        Matcher log = Pattern.compile("error log found at \"(.*)\"").matcher(result.errors());
        assertThat(log.find()).isTrue();
        assertThat(Path.of(log.group(1))).content().contains("Action: Run Enclave", "no.eif");
    }

    @Test
    void enclaveThatDiesAtOnceIsABootFailureWithItsLastWords() throws Exception {
        Path installation = StandIn.installation(folder.resolve("broken"), "#!/bin/sh\necho last words\nexit 3\n");
        Login.Result result = login.run("nitro-cli run-enclave --cpu-count 2 --memory 128 --eif-path "
                + installation.resolve("images/demo.eif"));
        assertThat(first(result)).isEqualTo("E36");
        Matcher log = Pattern.compile("error log found at \"(.*)\"").matcher(result.errors());
        assertThat(log.find()).isTrue();
        assertThat(Path.of(log.group(1))).content().contains("last words");
    }

    @Test
    void consoleOfADebugEnclaveTellsAllAndOutlivesIt() throws Exception {
        JsonNode started = json(login.run(RUN + "--debug-mode"));
        String id = started.get("EnclaveID").asText();
        Login.Result console = login.run("nitro-cli console --disconnect-timeout 1 --enclave-id " + id);
        assertThat(console.code()).isZero();
        assertThat(console.output())
                .startsWith("Connecting to the console for enclave "
                        + started.get("EnclaveCID").asLong() + "...\n" + "Successfully connected to the console.\n")
                .contains("sandbox: ", "hello from the enclave\n");
        login.run("nitro-cli terminate-enclave --all");
        assertThat(login.run("nitro-cli console --enclave-id " + id).output()).contains("hello from the enclave\n");
    }

    @Test
    void productionEnclaveHasNoConsole() throws Exception {
        login.run(RUN);
        Login.Result console = login.run("nitro-cli console --enclave-name demo");
        assertThat(console.code()).isEqualTo(44);
        assertThat(console.output()).isEmpty();
    }

    @Test
    void enclaveThatDiesLaterIsNoLongerListed() throws Exception {
        JsonNode started = json(login.run(RUN));
        login.run("kill -KILL -" + started.get("ProcessID").asLong());
        for (int i = 0;
                i < 100 && !login.run("nitro-cli describe-enclaves").output().equals("[]\n");
                i++) {
            Thread.sleep(50);
        }
        assertThat(login.run("nitro-cli describe-enclaves").output()).isEqualTo("[]\n");
        assertThat(json(login.run(RUN)).get("CPUIDs").toString()).isEqualTo("[1,5]");
    }

    @Test
    void describesAndRebuildsImages() throws Exception {
        JsonNode described = json(login.run("nitro-cli describe-eif --eif-path " + DEMO));
        assertThat(keys(described))
                .containsExactly(
                        "EifVersion", "Measurements", "IsSigned", "CheckCRC", "ImageName", "ImageVersion", "Metadata");
        assertThat(described.get("CheckCRC").asBoolean()).isTrue();
        Login.Result built =
                login.run("nitro-cli build-enclave --docker-uri enclave-console-demo:latest --output-file new.eif");
        assertThat(built.errors()).isEqualTo("""
                        Start building the Enclave Image...
                        Using the locally available Docker image...
                        Enclave Image successfully created.
                        """);
        assertThat(json(built).get("Measurements")).isEqualTo(described.get("Measurements"));
        assertThat(login.run("nitro-cli build-enclave --docker-uri hello-world --output-file x.eif")
                        .code())
                .isEqualTo(50);
    }

    @Test
    void explainsAndMeasures() throws Exception {
        Login.Result explained = login.run("nitro-cli explain --error-code E19");
        assertThat(explained.output()).isEmpty();
        assertThat(explained.errors()).startsWith("File operation failure.");
        assertThat(keys(json(login.run("nitro-cli pcr --input " + DEMO)))).containsExactly("PCR");
        assertThat(login.run("nitro-cli terminate-enclave --enclave-id i-0-enc0")
                        .code())
                .isEqualTo(11);
        assertThat(login.run("nitro-cli terminate-enclave --enclave-name nobody")
                        .code())
                .isEqualTo(58);
        assertThat(login.run("nitro-cli run-enclave --memory 1").code()).isEqualTo(2);
        assertThat(login.run("nitro-cli fly").code()).isEqualTo(2);
    }

    private static JsonNode json(Login.Result result) throws IOException {
        assertThat(result.code()).as(result.errors()).isZero();
        return Json.mapper().readTree(result.output());
    }

    private static String first(Login.Result result) {
        assertThat(result.code()).isNotZero();
        return result.errors()
                .lines()
                .filter(line -> line.startsWith("[ E"))
                .findFirst()
                .orElse("none: " + result.errors())
                .substring(2, 5);
    }

    private static List<String> keys(JsonNode node) {
        List<String> keys = new ArrayList<>();
        node.fieldNames().forEachRemaining(keys::add);
        return keys;
    }
}
