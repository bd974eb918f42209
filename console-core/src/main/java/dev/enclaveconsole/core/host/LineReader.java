package dev.enclaveconsole.core.host;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// Splits a stream of UTF-8 into lines as they come. A line without end is handed on in pieces, so that no sender can
/// fill the memory.
final class LineReader {
    private static final int LONGEST = 64 * 1024;

    static void read(InputStream in, Consumer<String> onLine) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        int n;
        while ((n = in.read(buffer, 0, buffer.length)) > 0) {
            for (int i = 0; i < n; i++) {
                if (buffer[i] == '\n' || line.size() == LONGEST) {
                    emit(line, onLine);
                }
                if (buffer[i] != '\n') {
                    line.write(buffer[i]);
                }
            }
        }
        if (line.size() > 0) {
            emit(line, onLine);
        }
    }

    private static void emit(ByteArrayOutputStream line, Consumer<String> onLine) {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        onLine.accept(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    }

    private LineReader() {}
}
