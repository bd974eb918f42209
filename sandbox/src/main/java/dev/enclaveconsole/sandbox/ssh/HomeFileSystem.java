package dev.enclaveconsole.sandbox.ssh;

import java.nio.file.Path;
import org.apache.sshd.sftp.server.SftpFileSystemAccessor;
import org.apache.sshd.sftp.server.SftpSubsystemProxy;

/// SFTP sees the machine as the user does: absolute paths as they are, relative ones from the home folder.
final class HomeFileSystem implements SftpFileSystemAccessor {

    private final Path home;

    HomeFileSystem(Path home) {
        this.home = home;
    }

    @Override
    public Path resolveLocalFilePath(SftpSubsystemProxy subsystem, Path rootDir, String remotePath) {
        return home.resolve(remotePath).normalize();
    }
}
