package dev.enclaveconsole.core.host;

import dev.enclaveconsole.core.operation.OperationContext;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import net.schmizz.concurrent.Promise;
import net.schmizz.sshj.sftp.FileAttributes;
import net.schmizz.sshj.sftp.OpenMode;
import net.schmizz.sshj.sftp.PacketType;
import net.schmizz.sshj.sftp.Request;
import net.schmizz.sshj.sftp.Response;
import net.schmizz.sshj.sftp.SFTPEngine;
import net.schmizz.sshj.sftp.SFTPException;

/// Moves segments of one file over one SFTP channel with many requests on their way at once: sshj's own streams keep
/// 16, which over long distances is a fraction of what OpenSSH moves.
final class SftpWorker {
    private final SFTPEngine sftp;
    private final FileChannel local;
    private final SftpSegments segments;
    private final int requests;
    private final int chunk;
    private final Deque<Chunk> underWay = new ArrayDeque<>();

    /// @param requests how many may be unanswered at once
    /// @param chunk bytes in each
    SftpWorker(SFTPEngine sftp, FileChannel local, SftpSegments segments, int requests, int chunk) {
        this.sftp = sftp;
        this.local = local;
        this.segments = segments;
        this.requests = requests;
        this.chunk = chunk;
    }

    private record Chunk(
            SftpSegments.Segment segment, long offset, int length, Promise<Response, SFTPException> answer) {}

    void upload(String remote, OperationContext context) throws IOException {
        byte[] handle = open(remote, EnumSet.of(OpenMode.WRITE, OpenMode.CREAT));
        byte[] bytes = new byte[chunk];
        for (Optional<SftpSegments.Segment> next = segments.next(); next.isPresent(); next = segments.next()) {
            SftpSegments.Segment segment = next.get();
            for (long offset = segment.offset(); offset < segment.end(); offset += chunk) {
                context.checkCancelled();
                int length = (int) Math.min(chunk, segment.end() - offset);
                read(ByteBuffer.wrap(bytes, 0, length), offset);
                Request request = sftp.newRequest(PacketType.WRITE)
                        .putString(handle)
                        .putUInt64(offset)
                        .putString(bytes, 0, length);
                underWay.add(new Chunk(segment, offset, length, sftp.request(request)));
                if (underWay.size() >= requests) {
                    written(underWay.remove());
                }
            }
        }
        while (!underWay.isEmpty()) {
            written(underWay.remove());
        }
        close(handle);
    }

    private void written(Chunk sent) throws IOException {
        answer(sent.answer()).ensureStatusPacketIsOK();
        segments.confirm(sent.segment(), sent.length());
    }

    void download(String remote, OperationContext context) throws IOException {
        byte[] handle = open(remote, EnumSet.of(OpenMode.READ));
        for (Optional<SftpSegments.Segment> next = segments.next(); next.isPresent(); next = segments.next()) {
            SftpSegments.Segment segment = next.get();
            for (long offset = segment.offset(); offset < segment.end(); offset += chunk) {
                context.checkCancelled();
                ask(handle, segment, offset, (int) Math.min(chunk, segment.end() - offset));
                if (underWay.size() >= requests) {
                    received(handle, underWay.remove());
                }
            }
        }
        while (!underWay.isEmpty()) {
            received(handle, underWay.remove());
        }
        close(handle);
    }

    private void ask(byte[] handle, SftpSegments.Segment segment, long offset, int length) throws IOException {
        Request request = sftp.newRequest(PacketType.READ)
                .putString(handle)
                .putUInt64(offset)
                .putUInt32(length);
        underWay.add(new Chunk(segment, offset, length, sftp.request(request)));
    }

    /// A server may answer with less than was asked for; the rest is asked for again.
    private void received(byte[] handle, Chunk asked) throws IOException {
        Response answer = answer(asked.answer());
        if (answer.getType() == PacketType.STATUS) {
            answer.ensureStatusIs(Response.StatusCode.EOF);
            throw new EOFException("The file became shorter while it was read.");
        }
        answer.ensurePacketTypeIs(PacketType.DATA);
        int length = Math.min(answer.readUInt32AsInt(), asked.length());
        write(ByteBuffer.wrap(answer.array(), answer.rpos(), length), asked.offset());
        segments.confirm(asked.segment(), length);
        if (length < asked.length()) {
            ask(handle, asked.segment(), asked.offset() + length, asked.length() - length);
        }
    }

    private byte[] open(String remote, EnumSet<OpenMode> modes) throws IOException {
        Request request = sftp.newRequest(PacketType.OPEN)
                .putString(remote, sftp.getSubsystem().getRemoteCharset())
                .putUInt32(OpenMode.toMask(modes))
                .putFileAttributes(FileAttributes.EMPTY);
        return answer(sftp.request(request))
                .ensurePacketTypeIs(PacketType.HANDLE)
                .readBytes();
    }

    private void close(byte[] handle) throws IOException {
        answer(sftp.request(sftp.newRequest(PacketType.CLOSE).putString(handle)))
                .ensureStatusPacketIsOK();
    }

    private Response answer(Promise<Response, SFTPException> promise) throws IOException {
        return promise.retrieve(sftp.getTimeoutMs(), TimeUnit.MILLISECONDS);
    }

    private void read(ByteBuffer buffer, long offset) throws IOException {
        long at = offset;
        while (buffer.hasRemaining()) {
            int n = local.read(buffer, at);
            if (n < 0) {
                throw new EOFException("The file became shorter while it was sent.");
            }
            at += n;
        }
    }

    private void write(ByteBuffer buffer, long offset) throws IOException {
        long at = offset;
        while (buffer.hasRemaining()) {
            at += local.write(buffer, at);
        }
    }
}
