package dev.enclaveconsole.protocol.eif;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// Unpacks a ramdisk below a folder and never anywhere else: nothing is written through a link, and links that
/// point out of the folder are refused. Owners and device files are not restored; files get the writer's fixed
/// time, 1970, whatever the archive says.
public final class CpioExtractor {
    private static final FileTime FIXED_TIME = FileTime.fromMillis(0);

    /// @param target an existing, empty folder that nobody else writes to
    /// @throws MalformedImageException naming the entry that was refused; what came before it is there
    public static void extract(InputStream archive, Path target, CpioLimits limits) throws IOException {
        Path root = target.toRealPath();
        var reader = new CpioReader(archive, limits);
        for (Optional<CpioEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
            CpioEntry entry = next.get();
            Path path = resolve(root, entry);
            makeParents(root, path, entry);
            try {
                switch (entry.type()) {
                    case DIRECTORY -> makeDirectory(path, entry);
                    case FILE -> {
                        Files.copy(reader.content(), path);
                        permit(path, entry.permissions());
                        Files.setLastModifiedTime(path, FIXED_TIME);
                    }
                    case SYMLINK -> link(root, path, entry);
                }
            } catch (FileAlreadyExistsException e) {
                throw new MalformedImageException(entry.name(), "it is there twice");
            }
        }
    }

    private static Path resolve(Path root, CpioEntry entry) throws MalformedImageException {
        try {
            Path path = root.resolve(entry.name()).normalize();
            if (path.startsWith(root) && !path.equals(root)) {
                return path;
            }
        } catch (InvalidPathException e) {
            throw new MalformedImageException(entry.name(), "this system does not allow the name");
        }
        throw new MalformedImageException(entry.name(), "the name leads out of the ramdisk");
    }

    private static void makeParents(Path root, Path path, CpioEntry entry) throws IOException {
        Path current = root;
        Path relative = root.relativize(path);
        for (Path part : relative.subpath(0, relative.getNameCount())) {
            current = current.resolve(part);
            if (current.equals(path)) {
                return;
            }
            if (Files.isSymbolicLink(current)) {
                throw new MalformedImageException(entry.name(), "it would be written through a link");
            }
            if (!Files.exists(current, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(current);
            } else if (!Files.isDirectory(current, LinkOption.NOFOLLOW_LINKS)) {
                throw new MalformedImageException(entry.name(), "its parent is a file");
            }
        }
    }

    private static void makeDirectory(Path path, CpioEntry entry) throws IOException {
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(path);
        }
        permit(path, entry.permissions() | 0700);
    }

    private static void link(Path root, Path path, CpioEntry entry) throws IOException {
        try {
            Path parent = Optional.ofNullable(path.getParent()).orElse(root);
            Path destination = Path.of(entry.target());
            if (destination.isAbsolute()
                    || entry.target().startsWith("/")
                    || turnsBack(entry.target())
                    || !parent.resolve(destination).normalize().startsWith(root)) {
                throw new MalformedImageException(entry.name(), "the link points out of the ramdisk");
            }
            Files.createSymbolicLink(path, destination);
        } catch (InvalidPathException e) {
            throw new MalformedImageException(entry.name(), "this system does not allow the link's target");
        }
    }

    /// Whether `..` stands behind another part. That part may be a link itself, so that counting would not tell
    /// where the way ends.
    private static boolean turnsBack(String target) {
        boolean down = false;
        for (String part : target.split("/", -1)) {
            if (down && part.equals("..")) {
                return true;
            }
            down |= !part.equals("..");
        }
        return false;
    }

    private static void permit(Path path, int permissions) throws IOException {
        var view = Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view == null) {
            return;
        }
        Set<PosixFilePermission> granted = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] inOrder = PosixFilePermission.values();
        for (int i = 0; i < inOrder.length; i++) {
            if ((permissions & (0400 >> i)) != 0) {
                granted.add(inOrder[i]);
            }
        }
        view.setPermissions(granted);
    }

    private CpioExtractor() {}
}
