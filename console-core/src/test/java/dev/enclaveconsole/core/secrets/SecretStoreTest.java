package dev.enclaveconsole.core.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A stand-in for `secret-tool` that keeps each secret in a file and writes down its arguments.
class SecretStoreTest {
    @TempDir
    Path folder;

    @Test
    void keepsFindsAndForgetsWithoutASecretOnTheCommandLine() throws IOException {
        SecretStore store = store("""
                #!/bin/sh
                cd %s && echo "$@" >> arguments
                verb=$1; eval "name=\\${$#}"; file=kept-$(echo "$name" | cksum | cut -d' ' -f1)
                case $verb in
                    store) cat > $file ;;
                    lookup) cat $file ;;
                    clear) rm $file ;;
                esac
                """.formatted(folder));
        String secret = "pässword with \"quotes\" $HOME";
        assertThat(store.isAvailable()).isTrue();
        assertThat(store.find("key-file:/a b")).isEmpty();
        assertThat(store.keep("key-file:/a b", secret.toCharArray())).isTrue();
        assertThat(store.find("key-file:/a b").map(String::new)).contains(secret);
        assertThat(store.find("key-file:/other")).isEmpty();
        assertThat(store.forget("key-file:/a b")).isTrue();
        assertThat(store.find("key-file:/a b")).isEmpty();
        assertThat(Files.readString(folder.resolve("arguments")))
                .contains("application enclave-console")
                .doesNotContain("word");
    }

    @Test
    void behavesLikeAnEmptyOneWhenTheKeychainRefuses() throws IOException {
        SecretStore store = store("#!/bin/sh\nexit 1\n");
        assertThat(store.keep("x", "y".toCharArray())).isFalse();
        assertThat(store.find("x")).isEmpty();
        assertThat(store.forget("x")).isFalse();
    }

    @Test
    void keepsNothingWhereThereIsNoKeychain() {
        SecretStore store = SecretStores.of("Linux", folder.toString());
        assertThat(store.isAvailable()).isFalse();
        assertThat(store.keep("x", "y".toCharArray())).isFalse();
    }

    private SecretStore store(String script) throws IOException {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no POSIX shell");
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path tool = Files.writeString(bin.resolve("secret-tool"), script);
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
        return SecretStores.of("Linux", bin.toString());
    }
}
