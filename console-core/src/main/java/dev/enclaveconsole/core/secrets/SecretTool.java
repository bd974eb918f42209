package dev.enclaveconsole.core.secrets;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The freedesktop secret service (GNOME Keyring, KWallet) by libsecret's `secret-tool`.
record SecretTool(Path program) implements SecretStore {
    @Override
    public boolean isAvailable() {
        return true;
    }

    @Override
    public Optional<char[]> find(String name) {
        return KeychainCommand.run(command("lookup", name), new byte[0]).filter(secret -> secret.length > 0);
    }

    @Override
    public boolean keep(String name, char[] secret) {
        List<String> command = List.of(
                program.toString(),
                "store",
                "--label=Enclave Console: " + name,
                "application",
                "enclave-console",
                "name",
                name);
        return KeychainCommand.run(command, KeychainCommand.utf8(secret)).isPresent();
    }

    @Override
    public boolean forget(String name) {
        return KeychainCommand.run(command("clear", name), new byte[0]).isPresent();
    }

    private List<String> command(String verb, String name) {
        return List.of(program.toString(), verb, "application", "enclave-console", "name", name);
    }
}
