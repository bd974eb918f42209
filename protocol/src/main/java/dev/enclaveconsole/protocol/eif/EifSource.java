package dev.enclaveconsole.protocol.eif;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Bytes that become a section. The size is known before they are read.
public interface EifSource {
    long size() throws IOException;

    InputStream open() throws IOException;

    static EifSource of(byte[] bytes) {
        return new EifSource() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }
        };
    }

    static EifSource of(Path file) {
        return new EifSource() {
            @Override
            public long size() throws IOException {
                return Files.size(file);
            }

            @Override
            public InputStream open() throws IOException {
                return Files.newInputStream(file);
            }
        };
    }
}
