package dev.enclaveconsole.core.host;

import dev.enclaveconsole.core.operation.OperationContext;
import dev.enclaveconsole.core.operation.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.sftp.OpenMode;
import net.schmizz.sshj.sftp.RemoteFile;
import net.schmizz.sshj.sftp.SFTPClient;

/// Sends one file by SFTP with enough packets in flight for long distances.
final class SftpUpload {
    private static final int PACKETS_IN_FLIGHT = 64;
    private static final long REPORT_EVERY_BYTES = 1 << 20;

    static void send(SSHClient client, Path file, String remote, OperationContext context) throws IOException {
        long total = Files.size(file);
        String title = "Uploading " + file.getFileName();
        try (SFTPClient sftp = SshClients.whileConnected(client::newSFTPClient);
                OperationContext.Registration _ = context.onCancel(() -> closeQuietly(sftp))) {
            makeFolders(sftp, remote);
            try (InputStream in = Files.newInputStream(file);
                    RemoteFile target = sftp.open(remote, EnumSet.of(OpenMode.WRITE, OpenMode.CREAT, OpenMode.TRUNC));
                    var out = target.new RemoteFileOutputStream(0, PACKETS_IN_FLIGHT)) {
                byte[] buffer = new byte[32 * 1024];
                long done = 0;
                long reported = -REPORT_EVERY_BYTES;
                int n;
                while ((n = in.read(buffer)) > 0) {
                    context.checkCancelled();
                    out.write(buffer, 0, n);
                    done += n;
                    if (done - reported >= REPORT_EVERY_BYTES || done == total) {
                        context.report(new Progress(title, done, total, Progress.Unit.BYTES));
                        reported = done;
                    }
                }
            }
        }
    }

    private static void makeFolders(SFTPClient sftp, String remote) throws IOException {
        int slash = remote.lastIndexOf('/');
        if (slash > 0) {
            sftp.mkdirs(remote.substring(0, slash));
        }
    }

    private static void closeQuietly(SFTPClient sftp) {
        Thread.startVirtualThread(() -> {
            try {
                sftp.close();
            } catch (IOException e) {
                org.slf4j.LoggerFactory.getLogger(SftpUpload.class).debug("closing SFTP: {}", e.getMessage());
            }
        });
    }

    private SftpUpload() {}
}
