package dev.enclaveconsole.core.host;

import dev.enclaveconsole.core.operation.OperationContext;
import dev.enclaveconsole.core.operation.Progress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// The pieces of one file that is being transferred, so that several channels share the work and a broken connection
/// costs at most the pieces that were under way.
final class SftpSegments {
    private static final long SEGMENT_BYTES = 16L << 20;
    private static final long REPORT_EVERY_BYTES = 1 << 20;

    /// One piece; belongs to one worker at a time.
    static final class Segment {
        private final long offset;
        private final long length;
        private long confirmed;

        private Segment(long offset, long length) {
            this.offset = offset;
            this.length = length;
        }

        long offset() {
            return offset;
        }

        long end() {
            return offset + length;
        }
    }

    private final String title;
    private final long total;
    private final OperationContext context;
    private final Deque<Segment> waiting = new ArrayDeque<>();
    private final List<Segment> underWay = new ArrayList<>();
    private long done;
    private long reported = -REPORT_EVERY_BYTES;

    SftpSegments(String title, long total, OperationContext context) {
        this.title = title;
        this.total = total;
        this.context = context;
        for (long offset = 0; offset < total; offset += SEGMENT_BYTES) {
            waiting.add(new Segment(offset, Math.min(SEGMENT_BYTES, total - offset)));
        }
    }

    synchronized Optional<Segment> next() {
        Segment segment = waiting.poll();
        if (segment != null) {
            underWay.add(segment);
        }
        return Optional.ofNullable(segment);
    }

    /// That many bytes of the segment have arrived where they belong.
    synchronized void confirm(Segment segment, long bytes) {
        segment.confirmed += bytes;
        done += bytes;
        if (segment.confirmed == segment.length) {
            underWay.remove(segment);
        }
        if (done - reported >= REPORT_EVERY_BYTES || done == total) {
            reported = done;
            context.report(new Progress(title, done, total, Progress.Unit.BYTES));
        }
    }

    /// The connection is gone: what was under way begins anew.
    synchronized void restart() {
        for (Segment segment : underWay.reversed()) {
            done -= segment.confirmed;
            segment.confirmed = 0;
            waiting.addFirst(segment);
        }
        underWay.clear();
        reported = done - REPORT_EVERY_BYTES;
    }

    synchronized boolean complete() {
        return done == total;
    }

    synchronized long done() {
        return done;
    }
}
