package dev.enclaveconsole.core.host;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.operation.OperationContext;
import dev.enclaveconsole.core.settings.FileDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;

/// Whole files to and from a host: complete under their name, or not there.
final class HostFiles {
    private final HostSession host;
    private final SshLink link;

    HostFiles(HostSession host, SshLink link) {
        this.host = host;
        this.link = link;
    }

    void upload(Path file, String remote, OperationContext context) throws ConsoleException {
        String draft = remote + ".part-" + UUID.randomUUID();
        FileTransfer transfer = new FileTransfer(link, context);
        try {
            transfer.upload(file, draft);
            if (transfer.resumed() > 0) {
                compare(file, draft, context);
            }
        } catch (IOException e) {
            context.checkCancelled();
            throw new ConsoleException(uploadFailed(file, String.valueOf(e.getMessage())), e);
        }
        CommandResult moved = host.run(List.of("mv", "-f", "--", draft, remote), context);
        if (moved.exitCode() != 0) {
            throw new ConsoleException(uploadFailed(file, moved.stderr().strip()));
        }
    }

    void download(String remote, Path file, OperationContext context) throws ConsoleException {
        Path draft = file.resolveSibling(file.getFileName() + ".part-" + UUID.randomUUID());
        FileTransfer transfer = new FileTransfer(link, context);
        try {
            try {
                transfer.download(remote, draft);
                if (transfer.resumed() > 0) {
                    compare(draft, remote, context);
                }
                Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            context.checkCancelled();
            throw new ConsoleException(downloadFailed(remote, String.valueOf(e.getMessage())), e);
        }
    }

    private void compare(Path local, String remote, OperationContext context) throws IOException, ConsoleException {
        context.report("Comparing SHA-256 of both sides");
        CommandResult there = host.run(List.of("sha256sum", "--", remote), context);
        if (there.exitCode() == 0 && !there.stdout().replaceFirst("^\\\\", "").startsWith(FileDigest.sha256(local))) {
            throw new IOException("After the connection broke, the two sides differ.");
        }
    }

    private Problem uploadFailed(Path file, String why) {
        return Problem.failed(
                "host.upload-failed",
                "The file " + file.getFileName() + " could not be uploaded to "
                        + host.entry().name() + ".",
                why,
                "Check free space and permissions there, then try again.");
    }

    private Problem downloadFailed(String remote, String why) {
        return Problem.failed(
                "host.download-failed",
                "The file " + remote + " could not be downloaded from "
                        + host.entry().name() + ".",
                why,
                "Check that it exists there, and free space here, then try again.");
    }
}
