package dev.enclaveconsole.core.settings;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where the console keeps what it keeps. None of the folders has to exist; whoever writes creates them.
///
/// @param config what the user entered: hosts, preferences, pins
/// @param state what the console learned or made: known hosts, the operator's key, saved verdicts, models
/// @param cache what can be thrown away
/// @param installation the distribution folder (`agent/`, `images/`), if the program was started from one
public record ConsoleFolders(Path config, Path state, Path cache, Optional<Path> installation) {
    public static final String HOME_VARIABLE = "ENCLAVE_CONSOLE_HOME";
    public static final String INSTALLATION_PROPERTY = "enclave.console.installation";
    private static final String NAME = "enclave-console";

    /// Of the user who runs this program: `ENCLAVE_CONSOLE_HOME` if set, else XDG folders, `%APPDATA%` or
    /// `~/Library`.
    public static ConsoleFolders ofThisUser() {
        Path home = Path.of(System.getProperty("user.home"));
        return of(
                System.getenv(),
                System.getProperty("os.name"),
                home,
                path(System.getProperty(INSTALLATION_PROPERTY)).map(Path::toAbsolutePath));
    }

    /// All below one folder.
    public static ConsoleFolders under(Path root, Optional<Path> installation) {
        return new ConsoleFolders(root.resolve("config"), root.resolve("state"), root.resolve("cache"), installation);
    }

    static ConsoleFolders of(Map<String, String> environment, String os, Path home, Optional<Path> installation) {
        Optional<Path> override = path(environment.get(HOME_VARIABLE));
        if (override.isPresent()) {
            return under(override.get().toAbsolutePath(), installation);
        }
        String system = os.toLowerCase(Locale.ROOT);
        if (system.startsWith("windows")) {
            Path roaming = path(environment.get("APPDATA")).orElse(home.resolve("AppData/Roaming"));
            Path local = path(environment.get("LOCALAPPDATA")).orElse(home.resolve("AppData/Local"));
            return new ConsoleFolders(
                    roaming.resolve(NAME),
                    local.resolve(NAME).resolve("state"),
                    local.resolve(NAME).resolve("cache"),
                    installation);
        }
        if (system.startsWith("mac")) {
            Path library = home.resolve("Library");
            Path support = library.resolve("Application Support").resolve(NAME);
            return new ConsoleFolders(
                    support.resolve("config"),
                    support.resolve("state"),
                    library.resolve("Caches").resolve(NAME),
                    installation);
        }
        return new ConsoleFolders(
                xdg(environment, "XDG_CONFIG_HOME", home.resolve(".config")),
                xdg(environment, "XDG_STATE_HOME", home.resolve(".local/state")),
                xdg(environment, "XDG_CACHE_HOME", home.resolve(".cache")),
                installation);
    }

    /// A folder or file of the distribution, e.g. `images/demo.json`.
    public Optional<Path> installed(String relative) {
        return installation.map(folder -> folder.resolve(relative));
    }

    private static Path xdg(Map<String, String> environment, String variable, Path otherwise) {
        return path(environment.get(variable))
                .filter(Path::isAbsolute)
                .orElse(otherwise)
                .resolve(NAME);
    }

    private static Optional<Path> path(@Nullable String value) {
        return value == null || value.isBlank() ? Optional.empty() : Optional.of(Path.of(value));
    }
}
