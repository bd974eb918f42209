package dev.enclaveconsole.sandbox.image;

import dev.enclaveconsole.protocol.eif.CpioWriter;
import dev.enclaveconsole.protocol.eif.EifArchitecture;
import dev.enclaveconsole.protocol.eif.EifImage;
import dev.enclaveconsole.protocol.eif.EifMetadata;
import dev.enclaveconsole.protocol.eif.EifSource;
import dev.enclaveconsole.protocol.eif.EifWriter;
import dev.enclaveconsole.protocol.eif.Measurements;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// An enclave image for the sandbox: a real image file whose application ramdisk is real and whose kernel and boot
/// ramdisk are stand-ins,
/// since the sandbox runs the application as a process.
///
/// @param rootfs folder that becomes `rootfs/` of ramdisk 1
/// @param cmd file with the command, one argument per line
/// @param env file with `NAME=value` lines
record StandInImage(Path rootfs, Path cmd, Path env) {

    private static final String KERNEL = "sandbox stand-in kernel\n";
    private static final String INIT = "sandbox stand-in init\n";
    private static final String CMDLINE =
            "reboot=k panic=30 pci=off nomodules console=ttyS0 random.trust_cpu=on root=/dev/ram0";
    private static final EifMetadata.Build BUILD = new EifMetadata.Build(
            "2026-01-01T00:00:00+00:00", "enclave-console", "0.1.0", "Linux", "none (sandbox stand-in)");
    private static final int EXECUTABLE = 0755;
    private static final int PLAIN = 0644;

    Measurements write(String name, String version, Path eif) throws IOException {
        return write(EifMetadata.of(name, version, BUILD), eif);
    }

    Measurements write(EifMetadata metadata, Path eif) throws IOException {
        Path folder = Files.createDirectories(eif.toAbsolutePath().resolveSibling(""));
        Path boot = Files.createTempFile(folder, "boot", ".cpio");
        Path application = Files.createTempFile(folder, "app", ".cpio");
        try {
            writeBoot(boot);
            writeApplication(application);
            EifImage image = new EifImage(
                    EifArchitecture.X86_64,
                    EifSource.of(KERNEL.getBytes(StandardCharsets.UTF_8)),
                    CMDLINE,
                    metadata,
                    List.of(EifSource.of(boot), EifSource.of(application)));
            return EifWriter.write(image, eif);
        } finally {
            Files.deleteIfExists(boot);
            Files.deleteIfExists(application);
        }
    }

    private static void writeBoot(Path target) throws IOException {
        try (OutputStream file = Files.newOutputStream(target);
                CpioWriter cpio = new CpioWriter(file)) {
            cpio.directory("dev", EXECUTABLE);
            cpio.file("init", EXECUTABLE, INIT.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void writeApplication(Path target) throws IOException {
        try (OutputStream file = Files.newOutputStream(target);
                CpioWriter cpio = new CpioWriter(file)) {
            cpio.tree("rootfs", rootfs);
            cpio.file("cmd", PLAIN, Files.readAllBytes(cmd));
            cpio.file("env", PLAIN, Files.readAllBytes(env));
        }
    }
}
