package dev.enclaveconsole.sandbox.nitrocli;

import dev.enclaveconsole.sandbox.nitrocli.client.NitroCliClient;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// Writes the executable `nitro-cli`: a shell script that starts the small client with the Java that runs this program.
/// As
/// the device it stands for belongs to the group `ne`, so does the right to launch.
public final class NitroCliLauncher {

    private NitroCliLauncher() {}

    public static void write(Path file, Path controlSocket) throws IOException {
        String script = """
                #!/bin/sh
                case ${1:-} in run-enclave) if [ "$(id -u)" != 0 ]; then case " $(id -Gn) " in *' ne '*) ;; *)
                  echo "[ E19 ] File operation failure. File: '/dev/nitro_enclaves', failing operation: 'Open'." >&2
                  exit 19 ;;
                esac; fi ;; esac
                exec %s -Xshare:auto -Xlog:disable -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx32m -cp %s %s %s "$@"
                """.formatted(
                quoted(Path.of(System.getProperty("java.home"), "bin", "java").toString()),
                quoted(classes().toString()),
                NitroCliClient.class.getName(),
                quoted(controlSocket.toString()));
        Files.createDirectories(file.getParent());
        Files.writeString(file, script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path classes() throws IOException {
        try {
            return Path.of(NitroCliClient.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IOException("the sandbox's own classes cannot be located", e);
        }
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
