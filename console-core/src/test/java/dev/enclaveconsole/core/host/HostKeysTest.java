package dev.enclaveconsole.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostKeysTest {
    private static final String ED25519 = "AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";
    private static final String OTHER = "AAAAC3NzaC1lZDI1NTE5AAAAIPkF8/Jzd1lyXcLmMTzgoOpP2iJtJWsoV5r7nHkNNvVE";
    private static final HostKey KEY = new HostKey("ssh-ed25519", ED25519);

    @Test
    void knowsPlainNamesPortsAndWildcards() throws IOException {
        assertThat(opinion("example.org ssh-ed25519 " + ED25519, 22)).isInstanceOf(KnownHosts.Opinion.Known.class);
        assertThat(opinion("[example.org]:2222 ssh-ed25519 " + ED25519, 2222))
                .isInstanceOf(KnownHosts.Opinion.Known.class);
        assertThat(opinion("*.org,other ssh-ed25519 " + ED25519, 22)).isInstanceOf(KnownHosts.Opinion.Known.class);
        assertThat(opinion("example.org ssh-ed25519 " + ED25519, 2222)).isInstanceOf(KnownHosts.Opinion.Unknown.class);
    }

    @Test
    void honoursNegationInsideAList() throws IOException {
        assertThat(opinion("*.org,!example.org ssh-ed25519 " + ED25519, 22))
                .isInstanceOf(KnownHosts.Opinion.Unknown.class);
    }

    @Test
    void namesTheExpectedKeyWhenItChanged() throws IOException {
        assertThat(opinion("example.org ssh-ed25519 " + OTHER, 22))
                .isEqualTo(new KnownHosts.Opinion.Changed(List.of(new HostKey("ssh-ed25519", OTHER))));
    }

    @Test
    void refusesRevokedKeyWhateverTheOrder() throws IOException {
        String lines = "example.org ssh-ed25519 " + ED25519 + "\n@revoked * ssh-ed25519 " + ED25519;
        assertThat(opinion(lines, 22)).isInstanceOf(KnownHosts.Opinion.Revoked.class);
    }

    @Test
    void skipsCommentsAuthoritiesAndRubbish() throws IOException {
        String lines = "# comment\n\n@cert-authority * ssh-ed25519 " + ED25519
                + "\nexample.org ssh-ed25519\nexample.org ssh-ed25519 ###\n|1|x|y ssh-ed25519 " + ED25519;
        assertThat(opinion(lines, 22)).isInstanceOf(KnownHosts.Opinion.Unknown.class);
    }

    @Test
    void readsNamesHashedByOpenSsh(@TempDir Path folder) throws IOException, InterruptedException {
        Path file = folder.resolve("known_hosts");
        Files.writeString(file, "[example.org]:2222 ssh-ed25519 " + ED25519 + "\n");
        run("ssh-keygen", "-H", "-f", file.toString());
        assertThat(Files.readString(file)).startsWith("|1|");
        KnownHosts hosts = KnownHosts.onlyIn(file);
        assertThat(hosts.opinion("Example.org", 2222, KEY)).isInstanceOf(KnownHosts.Opinion.Known.class);
        assertThat(hosts.opinion("example.com", 2222, KEY)).isInstanceOf(KnownHosts.Opinion.Unknown.class);
    }

    @Test
    void remembersInItsOwnFileOnly(@TempDir Path folder) throws IOException {
        Path shared = Files.writeString(folder.resolve("shared"), "# shared");
        Path own = folder.resolve("state/known_hosts");
        KnownHosts hosts = KnownHosts.inFiles(own, List.of(shared));
        hosts.remember("example.org", 2222, KEY);
        hosts.remember("example.net", 22, KEY);
        assertThat(Files.readString(own))
                .isEqualTo("[example.org]:2222 ssh-ed25519 " + ED25519 + "\nexample.net ssh-ed25519 " + ED25519 + "\n");
        assertThat(Files.readString(shared)).isEqualTo("# shared");
    }

    @Test
    void drawsFingerprintAndPictureLikeOpenSsh(@TempDir Path folder) throws IOException, InterruptedException {
        for (String type : List.of("ed25519", "ecdsa", "rsa")) {
            Path key = folder.resolve(type);
            run("ssh-keygen", "-q", "-t", type, "-N", "", "-C", "x", "-f", key.toString());
            List<String> fields = List.of(
                    Files.readString(folder.resolve(type + ".pub")).strip().split(" "));
            HostKey hostKey = new HostKey(fields.get(0), fields.get(1));
            List<String> expected =
                    run("ssh-keygen", "-lvf", key + ".pub").lines().toList();
            assertThat(expected.getFirst()).contains(hostKey.fingerprint());
            assertThat(hostKey.randomart().lines().toList()).isEqualTo(expected.subList(1, expected.size()));
        }
    }

    private static KnownHosts.Opinion opinion(String lines, int port) throws IOException {
        return KnownHosts.exactly(lines.lines().toList()).opinion("example.org", port, KEY);
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/ssh-keygen")), "ssh-keygen is not installed");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
