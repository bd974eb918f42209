package dev.enclaveconsole.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclaveconsole.core.host.HostEntry;
import dev.enclaveconsole.core.host.HostStore;
import dev.enclaveconsole.core.settings.Preferences.Theme;
import dev.enclaveconsole.desktop.ui.ParentHost;
import dev.enclaveconsole.sandbox.SandboxHost;
import dev.enclaveconsole.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.control.TextInputControl;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The Host page's doctor on a bare sandbox: findings, commands shown before they run, everything put right.
@Timeout(300)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DoctorWindowTest {
    private static final Path SCREENSHOTS = Path.of("target/screenshots");
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration PATIENT = Duration.ofMinutes(2);

    @TempDir
    private static Path home;

    private static Window window;
    private static SandboxHost sandbox;

    @BeforeAll
    static void open() throws IOException {
        window = Window.open(home, Optional.empty());
        sandbox = SandboxHost.start(new SandboxOptions(home).bareHost());
        Path knownHosts = Files.writeString(home.resolve("known_hosts"), sandbox.knownHostsLine() + "\n");
        HostEntry entry = new HostEntry(
                HostStore.SANDBOX,
                "127.0.0.1",
                sandbox.port(),
                sandbox.user(),
                Optional.of(sandbox.identityFile()),
                true);
        Window.onFx(() -> {
            window.content().hosts().addTemporary(new ParentHost(entry, Optional.of(knownHosts)));
            return true;
        });
    }

    @AfterAll
    static void close() throws IOException {
        if (window != null) {
            window.close();
        }
        if (sandbox != null) {
            sandbox.close();
        }
    }

    @Test
    @Order(1)
    void namesWhatIsMissingAndWhy() {
        window.click("#nav-host");
        window.click("#action-host-connect");
        window.click("#action-doctor-examine");
        window.await(
                "findings", PATIENT, () -> window.find("#finding-nitro-cli").isPresent());
        assertThat(window.find("#fix-nitro-cli")).isPresent();
        assertThat(window.find("#fix-instance")).isEmpty();
        inBothThemes("doctor-bare");
    }

    @Test
    @Order(2)
    void showsTheCommandsBeforeItRunsThem() {
        window.click("#fix-nitro-cli");
        window.await("commands", SOON, () -> window.find("#fix-commands").isPresent());
        assertThat(area("#fix-commands")).contains("sudo -n dnf install -y aws-nitro-enclaves-cli");
        assertThat(area("#fix-undo")).contains("sudo -n dnf remove -y aws-nitro-enclaves-cli");
        inBothThemes("doctor-fix");
        window.click("#dialog-confirm");
        window.await(
                "installed",
                PATIENT,
                () -> window.find("#fix-nitro-cli").isEmpty()
                        && window.find("#finding-nitro-cli").isPresent()
                        && window.find("#doctor-progress").isEmpty());
    }

    @Test
    @Order(3)
    void putsEverythingRightAndConnectsAnewForTheGroups() {
        window.click("#action-doctor-fix-all");
        window.await("commands", SOON, () -> window.find("#fix-commands").isPresent());
        assertThat(area("#fix-commands")).contains("usermod -aG ne ec2-user").contains("nginx -t");
        window.click("#dialog-confirm");
        window.await("progress", SOON, () -> window.find("#doctor-progress").isPresent());
        window.picture(SCREENSHOTS.resolve("doctor-running.png"));
        window.await(
                "nothing left to fix",
                PATIENT,
                () -> window.find("#doctor-progress").isEmpty()
                        && window.find("#finding-login").isPresent()
                        && window.find("#fix-group-ne").isEmpty()
                        && window.find("#fix-nginx-site").isEmpty());
        assertThat(window.content().app().background().failures())
                .noneMatch(failure -> failure.sentence().contains("the step"));
        Window.onFx(() -> {
            window.content().app().background().failures().clear();
            window.stage().setWidth(1000);
            window.stage().setHeight(700);
            return true;
        });
        inBothThemes("doctor-green");
    }

    @Test
    @Order(4)
    void takesTheLatestBack() {
        window.click("#action-doctor-undo");
        window.await("commands", PATIENT, () -> window.find("#fix-commands").isPresent());
        assertThat(area("#fix-commands")).contains("enclave-console.conf");
        window.click("#dialog-confirm");
        window.await(
                "site is gone", PATIENT, () -> window.find("#fix-nginx-site").isPresent());
    }

    private static String area(String query) {
        TextInputControl area = (TextInputControl) window.find(query).orElseThrow();
        return Window.onFx(area::getText);
    }

    private static void inBothThemes(String name) {
        for (Theme theme : new Theme[] {Theme.DARK, Theme.LIGHT}) {
            Window.onFx(() -> {
                window.content().themes().chosenProperty().set(theme);
                return true;
            });
            window.picture(SCREENSHOTS.resolve(name + "-" + theme.name().toLowerCase(Locale.ROOT) + ".png"));
        }
    }
}
