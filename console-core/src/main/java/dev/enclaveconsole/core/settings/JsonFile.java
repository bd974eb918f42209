package dev.enclaveconsole.core.settings;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.protocol.api.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// One value kept in one JSON file, replaced atomically. A file that cannot be read is reported, never overwritten.
public final class JsonFile<T> {
    private final Path file;
    private final TypeReference<T> type;

    public JsonFile(Path file, TypeReference<T> type) {
        this.file = file;
        this.type = type;
    }

    public Path path() {
        return file;
    }

    /// @return the stored value, or `otherwise` if there is no file yet
    public T read(T otherwise) throws ConsoleException {
        try {
            return Json.mapper().readValue(Files.readAllBytes(file), type);
        } catch (NoSuchFileException e) {
            return otherwise;
        } catch (JsonProcessingException e) {
            throw new ConsoleException(
                    Problem.failed(
                            "settings.file-damaged",
                            "The file " + file + " is not valid.",
                            why(e),
                            "Correct or delete it."),
                    e);
        } catch (IOException e) {
            throw new ConsoleException(problem("settings.file-unreadable", "cannot be read", e), e);
        }
    }

    private static String why(JsonProcessingException e) {
        String where = e.getLocation() == null ? "" : "Line " + e.getLocation().getLineNr() + ": ";
        return where
                + (e instanceof JsonParseException
                        ? e.getOriginalMessage()
                        : "something stands there that does not belong in this file.");
    }

    public void write(T value) throws ConsoleException {
        try {
            AtomicFiles.write(
                    file, Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(value));
        } catch (IOException e) {
            throw new ConsoleException(problem("settings.file-unwritable", "cannot be written", e), e);
        }
    }

    private Problem problem(String code, String what, IOException cause) {
        return Problem.failed(
                code,
                "The file " + file + " " + what + ".",
                String.valueOf(cause.getMessage()),
                "Check the folder's permissions and the free space.");
    }
}
