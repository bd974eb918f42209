package dev.enclaveconsole.sandbox.enclave;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// What an enclave has printed: the latest mebibyte of it, readable from any position while it grows and after the
/// enclave has ended.
public final class ConsoleLog {

    private static final int KEPT_BYTES = 1 << 20;

    private final byte[] ring = new byte[KEPT_BYTES];
    private long written;
    private boolean ended;

    /// A piece of the log.
    ///
    /// @param bytes empty when nothing came in time or the log has ended
    /// @param next position to go on from
    public record Piece(byte[] bytes, long next, boolean ended) {}

    synchronized void append(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            ring[(int) ((written + i) % KEPT_BYTES)] = bytes[i];
        }
        written += length;
        notifyAll();
    }

    void appendLine(String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        append(bytes, bytes.length);
    }

    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /// What there is from a position on; waits at most the given time for more. Bytes that were overwritten are
    /// skipped.
    public synchronized Piece read(long position, long waitMillis) throws InterruptedException {
        long deadline = System.nanoTime() + waitMillis * 1_000_000;
        while (position >= written && !ended) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                break;
            }
            wait(left);
        }
        long from = Math.max(position, written - KEPT_BYTES);
        ByteArrayOutputStream piece = new ByteArrayOutputStream();
        for (long at = from; at < written; ) {
            int offset = (int) (at % KEPT_BYTES);
            int length = (int) Math.min(written - at, KEPT_BYTES - offset);
            piece.write(ring, offset, length);
            at += length;
        }
        return new Piece(piece.toByteArray(), written, ended);
    }

    /// The end of it, at most so many bytes.
    public synchronized String tail(int bytes) {
        int length = (int) Math.min(Math.min(bytes, KEPT_BYTES), written);
        byte[] tail = new byte[length];
        for (int i = 0; i < length; i++) {
            tail[i] = ring[(int) ((written - length + i) % KEPT_BYTES)];
        }
        return new String(tail, StandardCharsets.UTF_8);
    }
}
