package dev.enclaveconsole.sandbox.nitrocli;

import dev.enclaveconsole.sandbox.nitrocli.client.NitroCliClient;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// Writes the executable `nitro-cli`: a shell script that starts the small client with the Java that runs this program.
public final class NitroCliLauncher {

    private NitroCliLauncher() {}

    public static void write(Path file, Path controlSocket) throws IOException {
        String script = """
                #!/bin/sh
                exec %s -Xshare:auto -Xlog:disable -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx32m -cp %s %s %s "$@"
                """.formatted(
                quoted(Path.of(System.getProperty("java.home"), "bin", "java").toString()),
                quoted(classes().toString()),
                NitroCliClient.class.getName(),
                quoted(controlSocket.toString()));
        Files.writeString(file, script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
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
