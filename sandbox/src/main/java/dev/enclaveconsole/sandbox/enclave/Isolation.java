package dev.enclaveconsole.sandbox.enclave;

import dev.enclaveconsole.sandbox.process.Tools;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Builds the command line that runs an image's command apart from this machine, by the means this machine has.
final class Isolation {

    /// Where the enclave finds its sockets when it has its own root folder.
    static final String INNER_SOCKETS = "/run/enclave";

    private static final List<String> SYSTEM_FOLDERS = List.of("/usr", "/lib", "/lib64", "/bin");
    private static final Set<String> OWN_FOLDERS = Set.of("proc", "dev", "tmp", "run", "sys");
    private static final String IMAGE_PREFIX = "/opt/enclave";

    private final IsolationKind kind;

    private Isolation(IsolationKind kind) {
        this.kind = kind;
    }

    /// @param wanted null for the strongest that works here
    static Isolation choose(@Nullable IsolationKind wanted) {
        if (wanted != null) {
            return new Isolation(wanted);
        }
        if (works(List.of("bwrap", "--unshare-all", "--ro-bind", "/", "/", "--proc", "/proc", "/bin/true"))) {
            return new Isolation(IsolationKind.BUBBLEWRAP);
        }
        if (works(List.of("unshare", "-rn", "/bin/true"))) {
            return new Isolation(IsolationKind.UNSHARE);
        }
        return new Isolation(IsolationKind.PLAIN);
    }

    IsolationKind kind() {
        return kind;
    }

    /// One sentence for the enclave's console.
    String explanation() {
        return switch (kind) {
            case BUBBLEWRAP -> "sandbox: this enclave is a process in its own namespaces (bubblewrap), without network";
            case UNSHARE ->
                "sandbox: this enclave is a process without network (unshare) that sees this machine's files";
            case PLAIN ->
                "sandbox: this enclave is an ordinary process; neither its network nor its view of files is restricted";
        };
    }

    /// Folder of the enclave's sockets as the enclave sees it.
    String socketsAsSeen(Path sockets) {
        return kind == IsolationKind.BUBBLEWRAP ? INNER_SOCKETS : sockets.toString();
    }

    /// A path of the image as the enclave sees it.
    String pathAsSeen(UnpackedImage image, String text) {
        return kind == IsolationKind.BUBBLEWRAP ? text : text.replace(IMAGE_PREFIX, image.rootfs() + IMAGE_PREFIX);
    }

    /// @param environment whole environment of the enclave, as it sees it
    /// @param sockets folder on this machine that holds this enclave's sockets and nothing else
    List<String> commandLine(UnpackedImage image, Map<String, String> environment, Path sockets) throws IOException {
        List<String> line = new ArrayList<>();
        if (kind == IsolationKind.BUBBLEWRAP) {
            line.addAll(List.of(
                    "bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--clearenv", "--chdir", "/"));
            bindFolders(line, image.rootfs());
            line.addAll(List.of("--bind", sockets.toString(), INNER_SOCKETS));
            environment.forEach((name, value) -> line.addAll(List.of("--setenv", name, value)));
        } else {
            if (kind == IsolationKind.UNSHARE) {
                line.addAll(List.of("unshare", "-rn", "--"));
            }
            line.addAll(List.of("env", "-i"));
            environment.forEach((name, value) -> line.add(name + "=" + value));
        }
        for (String argument : image.command()) {
            line.add(pathAsSeen(image, argument));
        }
        return line;
    }

    private static void bindFolders(List<String> line, Path rootfs) throws IOException {
        boolean ownLibraries = Files.isDirectory(rootfs.resolve("usr/lib")) || Files.exists(rootfs.resolve("lib64"));
        if (!ownLibraries) {
            for (String folder : SYSTEM_FOLDERS) {
                line.addAll(bindSystemFolder(Path.of(folder)));
            }
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(rootfs)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (!OWN_FOLDERS.contains(name) && (ownLibraries || !SYSTEM_FOLDERS.contains("/" + name))) {
                    line.addAll(List.of("--ro-bind", entry.toString(), "/" + name));
                }
            }
        }
        line.addAll(List.of("--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp", "--tmpfs", "/run"));
        if (Files.isDirectory(rootfs.resolve("opt/enclave/tmp"))) {
            line.addAll(List.of("--tmpfs", "/opt/enclave/tmp"));
        }
    }

    private static List<String> bindSystemFolder(Path folder) throws IOException {
        if (Files.isSymbolicLink(folder)) {
            return List.of("--symlink", Files.readSymbolicLink(folder).toString(), folder.toString());
        }
        return Files.isDirectory(folder) ? List.of("--ro-bind", folder.toString(), folder.toString()) : List.of();
    }

    private static boolean works(List<String> command) {
        if (Tools.find(command.getFirst()).isEmpty()) {
            return false;
        }
        try {
            Process probe = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!probe.waitFor(5, TimeUnit.SECONDS)) {
                probe.destroyForcibly();
                return false;
            }
            return probe.exitValue() == 0;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
