package dev.enclaveconsole.core.host.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.host.HostEntry;
import dev.enclaveconsole.core.host.SshHop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshConfigTest {
    @TempDir
    Path home;

    @Test
    void takesTheFirstValueAndCollectsIdentities() throws ConsoleException, IOException {
        HostEntry host = hosts("""
                # my hosts
                Host work *.example.com
                    HostName ec2-%h.example.com
                    User = ec2-user
                    Port 2222
                    IdentityFile ~/.ssh/%r-%p.pem
                    IdentityFile "~/keys/with space"
                    IdentitiesOnly yes
                    HostKeyAlias the-work-host
                Host *
                    User nobody
                    Port 22
                    IdentityFile %d/.ssh/last
                """).entry("work");
        assertThat(host.address()).isEqualTo("ec2-work.example.com");
        assertThat(host.user()).isEqualTo("ec2-user");
        assertThat(host.port()).isEqualTo(2222);
        assertThat(host.identityFile()).contains(home.resolve(".ssh/ec2-user-2222.pem"));
        assertThat(host.ssh().moreIdentities())
                .containsExactly(home.resolve("keys/with space"), home.resolve(".ssh/last"));
        assertThat(host.ssh().identitiesOnly()).isTrue();
        assertThat(host.ssh().hostKeyName()).contains("the-work-host");
    }

    @Test
    void followsChainsOfJumps() throws ConsoleException, IOException {
        HostEntry host = hosts("""
                Host inner
                    HostName 10.0.0.5
                    ProxyJump admin@middle:2200
                Host middle
                    HostName 10.0.0.1
                    ProxyJump outer
                    IdentityFile ~/middle
                Host outer
                    HostName outer.example.com
                    ProxyCommand connect -S proxy:1080 %h %p
                Host direct
                    ProxyJump none
                Host *
                    User someone
                    ProxyJump outer
                """).entry("inner");
        assertThat(host.ssh().jumps()).extracting(SshHop::name).containsExactly("outer", "middle");
        assertThat(host.ssh().jumps())
                .extracting(SshHop::target)
                .containsExactly("someone@outer.example.com:22", "admin@10.0.0.1:2200");
        assertThat(host.ssh().jumps().get(0).proxyCommand()).contains("connect -S proxy:1080 %h %p");
        assertThat(host.ssh().jumps().get(1).identities()).containsExactly(home.resolve("middle"));
        assertThat(host.ssh().proxyCommand()).isEmpty();
    }

    @Test
    void refusesJumpsInACircle() throws IOException, ConsoleException {
        SshConfigHosts hosts = hosts("Host a\n ProxyJump b\nHost b\n ProxyJump a\n");
        assertThat(catchThrowableOfType(ConsoleException.class, () -> hosts.entry("a"))
                        .problem()
                        .code())
                .isEqualTo("ssh-config.route");
    }

    @Test
    void keepsTheProxyCommandOfSessionManagerAsItIs() throws ConsoleException, IOException {
        String command = "sh -c \"aws ssm start-session --target %h --document-name AWS-StartSSHSession"
                + " --parameters 'portNumber=%p'\"";
        HostEntry host = hosts("Host i-* mi-*\n    ProxyCommand " + command + "\n    User ec2-user\n")
                .entry("i-0123456789abcdef0");
        assertThat(host.ssh().proxyCommand()).contains(command);
        assertThat(host.address()).isEqualTo("i-0123456789abcdef0");
    }

    @Test
    void readsIncludedFilesWhereTheyStand() throws ConsoleException, IOException {
        Files.createDirectories(home.resolve(".ssh/conf.d"));
        Files.writeString(home.resolve(".ssh/conf.d/20-b.conf"), "Host both\n  User second\n  Port 2\n");
        Files.writeString(home.resolve(".ssh/conf.d/10-a.conf"), "Host both\n  User first\n");
        Files.writeString(home.resolve("only"), "Port 77\nHost both\n  Port 78\n");
        SshConfigHosts hosts = hosts("""
                Include conf.d/*.conf missing-file
                Host only
                    Include ~/only
                Host both
                    Port 3
                """);
        assertThat(hosts.entry("both").user()).isEqualTo("first");
        assertThat(hosts.entry("both").port()).isEqualTo(2);
        assertThat(hosts.entry("only").port()).isEqualTo(77);
        assertThat(hosts.names()).containsExactly("both", "only");
    }

    @Test
    void appliesMatchHostToTheRealName() throws ConsoleException, IOException {
        SshConfigHosts hosts = hosts("""
                Host short
                    HostName short.internal
                Match host *.internal,!secret.internal
                    User inside
                Match originalhost short user inside
                    Port 2022
                Match exec "touch %s"
                    Port 1
                Match all
                    User anyone
                """.formatted(home.resolve("ran")));
        assertThat(hosts.entry("short").user()).isEqualTo("inside");
        assertThat(hosts.entry("short").port()).isEqualTo(2022);
        assertThat(hosts.entry("secret.internal").user()).isEqualTo("anyone");
        assertThat(hosts.entry("secret.internal").port()).isEqualTo(22);
        assertThat(home.resolve("ran")).doesNotExist();
    }

    @Test
    void honoursNegatedPatterns() throws ConsoleException, IOException {
        SshConfigHosts hosts = hosts("Host *.lab !gate.lab\n  User lab\n");
        assertThat(hosts.entry("a.lab").user()).isEqualTo("lab");
        assertThat(hosts.entry("gate.lab").user()).isEqualTo("me");
        assertThat(hosts.names()).isEmpty();
    }

    /// OpenSSH's own reader is the judge.
    @Test
    void understandsWhatOpenSshUnderstands() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/ssh")), "ssh is not installed");
        String text = """
                host=a b
                  hostname "%h.net"
                  USER=u1
                Host c?
                  Port=99
                  HostName %%x
                Match host a.net user u1
                  Port 44
                Host !b *
                  Port 55
                  User u2
                """;
        Path file = Files.writeString(home.resolve("judge"), text);
        SshConfigHosts hosts = hosts(text);
        for (String name : List.of("a", "b", "c1", "other")) {
            Process ssh = new ProcessBuilder("ssh", "-G", "-F", file.toString(), name).start();
            List<String> lines = new String(ssh.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            HostEntry host = hosts.entry(name);
            assertThat(lines).contains("hostname " + host.address(), "port " + host.port());
            if (!host.user().equals("me")) {
                assertThat(lines).contains("user " + host.user());
            }
        }
    }

    private SshConfigHosts hosts(String text) throws IOException, ConsoleException {
        Path ssh = Files.createDirectories(home.resolve(".ssh"));
        Path file = Files.writeString(ssh.resolve("config"), text);
        return new SshConfigHosts(SshConfig.read(file, home, ssh, "me"));
    }

    @Test
    void isEmptyWithoutAFile() throws ConsoleException {
        SshConfigHosts hosts =
                new SshConfigHosts(SshConfig.read(home.resolve("none"), home, home.resolve(".ssh"), "me"));
        assertThat(hosts.names()).isEmpty();
        assertThat(hosts.entry("any").identityFile()).isEqualTo(Optional.empty());
    }
}
