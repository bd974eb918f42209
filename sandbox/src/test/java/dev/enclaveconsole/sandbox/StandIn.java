package dev.enclaveconsole.sandbox;

import dev.enclaveconsole.sandbox.image.DemoImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/// An installation whose demo image is a shell script: it prints its surroundings, listens by leaving a file where its
/// socket belongs, and
/// goes on living.
final class StandIn {

    private static final String SCRIPT = """
            #!/bin/sh
            echo "hello from the enclave"
            echo "home $ENCLAVE_HOME"
            tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d ' ' | sed 's/^/interface /'
            [ -e /etc/passwd ] && echo "sees the machine's files"
            touch "${ENCLAVE_LISTEN#unix:}"
            while :; do sleep 1; done
            """;

    private StandIn() {}

    static Path installation(Path folder) throws IOException {
        return installation(folder, SCRIPT);
    }

    static Path installation(Path folder, String script) throws IOException {
        Path rootfs = folder.resolve("rootfs");
        Path program =
                Files.createDirectories(rootfs.resolve("opt/enclave/bin")).resolve("serve");
        Files.writeString(program, script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path image = Files.createDirectories(folder.resolve("image"));
        Files.write(image.resolve("cmd"), List.of("/bin/sh", "/opt/enclave/bin/serve"));
        Files.write(image.resolve("env"), List.of("ENCLAVE_HOME=/opt/enclave", "GREETING=a=b c"));
        Path images = Files.createDirectories(folder.resolve("installation/images"));
        DemoImage.main(new String[] {
            rootfs.toString(),
            image.toString(),
            images.resolve("demo.eif").toString(),
            images.resolve("demo.json").toString()
        });
        return folder.resolve("installation");
    }
}
