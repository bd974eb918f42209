package dev.enclaveconsole.protocol.eif;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// One entry of a ramdisk.
///
/// @param name relative, `/` between its parts, none of which is empty, `.` or `..`
/// @param permissions the lower nine bits of the mode
/// @param size of a file's content in bytes, 0 otherwise
/// @param target of a symbolic link, empty otherwise; not judged here
public record CpioEntry(String name, Type type, int permissions, long size, String target) {

    public enum Type {
        DIRECTORY,
        FILE,
        SYMLINK
    }

    static final int MAX_NAME_BYTES = 4096;

    /// @throws MalformedImageException if a name could lead out of the folder under which it is unpacked
    static void requireSafe(String name) throws MalformedImageException {
        String shown = name.length() > 100 ? name.substring(0, 100) + "…" : name;
        if (name.isEmpty() || name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
            throw new MalformedImageException(shown, "an entry's name has no or too many bytes");
        }
        if (name.startsWith("/") || name.indexOf('\0') >= 0) {
            throw new MalformedImageException(shown, "the name is absolute or has a NUL in it");
        }
        if (Arrays.stream(name.split("/", -1)).anyMatch(p -> p.isEmpty() || p.equals(".") || p.equals(".."))) {
            throw new MalformedImageException(shown, "the name has an empty part, \".\" or \"..\"");
        }
    }
}
