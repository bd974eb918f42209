package dev.enclaveconsole.desktop.enclave;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// The last lines of a stream, for the screen. Lines may come from any thread at any rate; the window sees them in
/// portions.
public final class LogBuffer {
    private final int capacity;
    private final Executor window;
    private final ObservableList<String> lines = FXCollections.observableArrayList();
    private final List<String> pending = new ArrayList<>();
    private boolean flushing;

    public LogBuffer(int capacity, Executor window) {
        this.capacity = capacity;
        this.window = window;
    }

    public void add(String line) {
        synchronized (pending) {
            pending.add(line);
            if (pending.size() > capacity) {
                pending.removeFirst();
            }
            if (flushing) {
                return;
            }
            flushing = true;
        }
        window.execute(this::flush);
    }

    private void flush() {
        List<String> portion;
        synchronized (pending) {
            portion = List.copyOf(pending);
            pending.clear();
            flushing = false;
        }
        lines.addAll(portion);
        if (lines.size() > capacity) {
            lines.remove(0, lines.size() - capacity);
        }
    }

    public void clear() {
        synchronized (pending) {
            pending.clear();
        }
        lines.clear();
    }

    /// Oldest first; belongs to the window's thread.
    public ObservableList<String> lines() {
        return lines;
    }

    public String text() {
        return String.join("\n", lines) + (lines.isEmpty() ? "" : "\n");
    }
}
