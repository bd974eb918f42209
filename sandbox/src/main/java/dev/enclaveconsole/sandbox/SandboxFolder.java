package dev.enclaveconsole.sandbox;

import dev.enclaveconsole.sandbox.parent.ParentFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/// The one folder that holds everything of a running sandbox; only this user may enter it.
///
/// Its name is short on purpose: a Unix socket's path may have at most 107 bytes.
///
/// @param root `<java.io.tmpdir>/ec-<8 hex digits>`, mode 0700
record SandboxFolder(Path root) {

    static SandboxFolder create() throws IOException {
        byte[] random = new byte[4];
        new SecureRandom().nextBytes(random);
        Path root = Path.of(
                System.getProperty("java.io.tmpdir"), "ec-" + HexFormat.of().formatHex(random));
        Files.createDirectory(
                root.toAbsolutePath(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        SandboxFolder folder = new SandboxFolder(root.toRealPath());
        for (Path part : new Path[] {
            folder.home(), folder.programs(), folder.sockets(), folder.images(), folder.hostRoot(), folder.keys()
        }) {
            Files.createDirectory(part);
        }
        return folder;
    }

    /// Home of the SSH user.
    Path home() {
        return root.resolve("home");
    }

    /// First on the user's `PATH`: the host's own programs.
    Path programs() {
        return root.resolve("bin");
    }

    /// Sockets in place of vsock: `<cid>_<port>.sock`.
    Path sockets() {
        return root.resolve("v");
    }

    /// Unpacked images by hash.
    Path images() {
        return root.resolve("images");
    }

    /// Stands for `/` where commands read what the host tells of its enclaves.
    Path hostRoot() {
        return root.resolve("host");
    }

    ParentFolders parent() {
        return new ParentFolders(hostRoot(), programs(), root.resolve("machine"), root.resolve("packages"));
    }

    Path keys() {
        return root.resolve("keys");
    }

    /// Where `nitro-cli` reaches the sandbox.
    Path controlSocket() {
        return root.resolve("ctl.sock");
    }
}
