package dev.enclaveconsole.core.secrets;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// The login keychain by macOS's `security`, which takes a secret from standard input only as a command of its
/// interactive mode; there it is written in hexadecimal, so that nothing in it can be misread.
record MacKeychain() implements SecretStore {
    private static final String SERVICE = "enclave-console";

    @Override
    public boolean isAvailable() {
        return true;
    }

    @Override
    public Optional<char[]> find(String name) {
        return KeychainCommand.run(
                        List.of("/usr/bin/security", "find-generic-password", "-s", SERVICE, "-a", name, "-w"),
                        new byte[0])
                .filter(secret -> secret.length > 0);
    }

    @Override
    public boolean keep(String name, char[] secret) {
        byte[] utf8 = KeychainCommand.utf8(secret);
        String account = name.replace("\\", "\\\\").replace("\"", "\\\"");
        String command = "add-generic-password -U -s " + SERVICE + " -a \"" + account + "\" -X "
                + HexFormat.of().formatHex(utf8) + "\n";
        Arrays.fill(utf8, (byte) 0);
        return KeychainCommand.run(List.of("/usr/bin/security", "-i"), command.getBytes(StandardCharsets.UTF_8))
                .isPresent();
    }

    @Override
    public boolean forget(String name) {
        return KeychainCommand.run(
                        List.of("/usr/bin/security", "delete-generic-password", "-s", SERVICE, "-a", name), new byte[0])
                .isPresent();
    }
}
