package dev.enclaveconsole.core.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclaveconsole.core.failure.ConsoleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleFoldersTest {
    private static final Path HOME = Path.of("/home/u");

    @Test
    void followsEachSystemsCustom() {
        ConsoleFolders linux = ConsoleFolders.of(Map.of(), "Linux", HOME, Optional.empty());
        assertThat(linux.config()).isEqualTo(HOME.resolve(".config/enclave-console"));
        assertThat(linux.state()).isEqualTo(HOME.resolve(".local/state/enclave-console"));
        ConsoleFolders xdg = ConsoleFolders.of(
                Map.of("XDG_STATE_HOME", "/s", "XDG_CACHE_HOME", "relative"), "Linux", HOME, Optional.empty());
        assertThat(xdg.state()).isEqualTo(Path.of("/s/enclave-console"));
        assertThat(xdg.cache()).isEqualTo(HOME.resolve(".cache/enclave-console"));
        assertThat(ConsoleFolders.of(Map.of(), "Mac OS X", HOME, Optional.empty())
                        .cache())
                .isEqualTo(HOME.resolve("Library/Caches/enclave-console"));
        assertThat(ConsoleFolders.of(Map.of("APPDATA", "/roaming"), "Windows 11", HOME, Optional.empty())
                        .config())
                .isEqualTo(Path.of("/roaming/enclave-console"));
    }

    @Test
    void obeysTheOverride() {
        ConsoleFolders folders = ConsoleFolders.of(
                Map.of(ConsoleFolders.HOME_VARIABLE, "/elsewhere"), "Linux", HOME, Optional.of(Path.of("/dist")));
        assertThat(folders.config()).isEqualTo(Path.of("/elsewhere/config"));
        assertThat(folders.installed("images")).contains(Path.of("/dist/images"));
    }

    @Test
    void preferencesSurviveAndADamagedFileMeansDefaults(@TempDir Path folder) throws ConsoleException, IOException {
        Path file = folder.resolve("preferences.json");
        new PreferencesStore(file)
                .change(p -> p.withTheme(Preferences.Theme.DARK).withLastHost(Optional.of("lab")));
        assertThat(new PreferencesStore(file).load())
                .isEqualTo(new Preferences(Preferences.Theme.DARK, Optional.of("lab")));
        Files.writeString(file, "{");
        assertThat(new PreferencesStore(file).load()).isEqualTo(Preferences.DEFAULT);
    }
}
