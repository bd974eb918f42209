package dev.enclaveconsole.sandbox.parent;

import java.nio.file.Path;

/// Where the parts of a parent host lie in the sandbox's folder.
///
/// @param root stands for `/`
/// @param programs the host's own programs, first on the path
/// @param machine links to this machine's programs, last on the path
/// @param packages what the host's package manager can install
public record ParentFolders(Path root, Path programs, Path machine, Path packages) {

    /// `PATH` of the host's user.
    public String path() {
        return programs + ":" + root.resolve("usr/bin") + ":" + root.resolve("usr/sbin") + ":" + machine;
    }
}
