package dev.enclaveconsole.core.host;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.settings.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Saves a session's record, see [HostSession#script].
public final class HostScripts {
    /// @throws ConsoleException `host.script-unwritable`
    public static void write(Path file, String script) throws ConsoleException {
        try {
            AtomicFiles.write(file.toAbsolutePath(), script.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new ConsoleException(
                    Problem.failed(
                            "host.script-unwritable",
                            "The script " + file + " cannot be written.",
                            String.valueOf(e.getMessage()),
                            "Choose another place."),
                    e);
        }
    }

    private HostScripts() {}
}
