package dev.enclaveconsole.core.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.enclaveconsole.core.enclave.EnclaveInfo;
import dev.enclaveconsole.core.failure.ConsoleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PinsTest {
    private static final String A = "ab".repeat(48);
    private static final String B = "cd".repeat(48);

    @TempDir
    Path folder;

    @Test
    void userPinsCountBeforeBundledOnes() throws ConsoleException, IOException {
        Path images = Files.createDirectory(folder.resolve("images"));
        Files.writeString(images.resolve("demo.json"), "{\"image\":\"demo\",\"pcrs\":{\"0\":\"" + A + "\"},\"x\":1}");
        Pins pins = new Pins(folder.resolve("pins.json"), Optional.of(images));
        assertThat(pins.find("demo")).contains(new PinSet("demo", Map.of(0, A), PinSet.Source.BUNDLED));
        pins.pin("demo", Map.of(0, B.toUpperCase(java.util.Locale.ROOT)));
        assertThat(pins.find("demo")).contains(new PinSet("demo", Map.of(0, B), PinSet.Source.USER));
        assertThat(pins.unpin("demo")).isTrue();
        assertThat(pins.unpin("demo")).isFalse();
        assertThat(pins.find("demo").orElseThrow().source()).isEqualTo(PinSet.Source.BUNDLED);
    }

    @Test
    void findsTheImageBehindACountedName() throws ConsoleException {
        Pins pins = new Pins(folder.resolve("pins.json"), Optional.empty());
        pins.pin("demo", Map.of(0, A));
        assertThat(pins.forEnclave(enclave("demo"))).isPresent();
        assertThat(pins.forEnclave(enclave("demo_2"))).isPresent();
        assertThat(pins.forEnclave(enclave("demo_x"))).isEmpty();
        assertThat(pins.forEnclave(enclave("other"))).isEmpty();
    }

    @Test
    void refusesWhatIsNoMeasurement() {
        Pins pins = new Pins(folder.resolve("pins.json"), Optional.empty());
        for (Map<Integer, String> wrong :
                List.of(Map.<Integer, String>of(), Map.of(0, "ab"), Map.of(0, "0".repeat(96)), Map.of(32, A))) {
            assertThatThrownBy(() -> pins.pin("demo", wrong)).isInstanceOf(ConsoleException.class);
        }
    }

    @Test
    void operatorKeyStaysTheSameAndPrivate() throws ConsoleException, IOException {
        Path file = folder.resolve("state/operator-key.pem");
        OperatorKey made = OperatorKey.loadOrCreate(file);
        assertThat(OperatorKey.loadOrCreate(file).spki()).isEqualTo(made.spki());
        assertThat(made.fingerprint()).matches("SHA256:[0-9a-f]{64}");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> OperatorKey.loadOrCreate(file)).hasMessageContaining("chmod 600");
    }

    @Test
    void operatorKeyThatIsDamagedIsNeverReplaced() throws IOException {
        Path file = folder.resolve("operator-key.pem");
        Files.writeString(file, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThatThrownBy(() -> OperatorKey.loadOrCreate(file))
                .isInstanceOfSatisfying(
                        ConsoleException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("operator-key.damaged"));
        assertThat(Files.readString(file)).contains("AAAA");
    }

    private static EnclaveInfo enclave(String name) {
        return new EnclaveInfo("i-1-enc1", name, 16, 2, List.of(), 512, EnclaveInfo.State.RUNNING, false, Map.of());
    }
}
