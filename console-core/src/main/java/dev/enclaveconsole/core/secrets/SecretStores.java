package dev.enclaveconsole.core.secrets;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Finds this computer's keychain.
public final class SecretStores {
    /// The keychain of this system, or a store that keeps nothing.
    public static SecretStore ofThisComputer() {
        return of(System.getProperty("os.name"), System.getenv().getOrDefault("PATH", ""));
    }

    /// @param path folders with programs, as in `PATH`
    public static SecretStore of(String os, String path) {
        String system = os.toLowerCase(Locale.ROOT);
        if (system.startsWith("mac") && Files.isExecutable(Path.of("/usr/bin/security"))) {
            return new MacKeychain();
        }
        if (system.startsWith("windows")) {
            return new WindowsVault();
        }
        return List.of(path.split(Pattern.quote(java.io.File.pathSeparator))).stream()
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, "secret-tool"))
                .filter(Files::isExecutable)
                .findFirst()
                .<SecretStore>map(SecretTool::new)
                .orElseGet(SecretStore::none);
    }

    private SecretStores() {}
}
