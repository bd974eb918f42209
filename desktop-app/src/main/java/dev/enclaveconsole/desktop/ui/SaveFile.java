package dev.enclaveconsole.desktop.ui;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.Window;

/// Asks where to save, where to load from, and writes in the background.
public final class SaveFile {
    private final Background background;
    private final Supplier<Optional<Window>> owner;

    public SaveFile(Background background, Supplier<Optional<Window>> owner) {
        this.background = background;
        this.owner = owner;
    }

    /// @param onChosen not called if the user decides against it
    public void ask(String title, String proposedName, Consumer<Path> onChosen) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(title);
        chooser.setInitialFileName(proposedName);
        File file = chooser.showSaveDialog(owner.get().orElse(null));
        if (file != null) {
            onChosen.accept(file.toPath());
        }
    }

    /// @param patterns e.g. `*.json`
    public List<Path> open(String title, String kind, List<String> patterns) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(title);
        chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter(kind, patterns));
        List<File> files = chooser.showOpenMultipleDialog(owner.get().orElse(null));
        return files == null ? List.of() : files.stream().map(File::toPath).toList();
    }

    public Optional<Path> openFolder(String title) {
        DirectoryChooser chooser = new DirectoryChooser();
        chooser.setTitle(title);
        return Optional.ofNullable(chooser.showDialog(owner.get().orElse(null))).map(File::toPath);
    }

    public void write(Path file, byte[] content) {
        run(file, () -> Files.write(file, content));
    }

    /// Something that writes a file.
    public interface Write {
        void run() throws IOException, ConsoleException;
    }

    /// Writes in the background; a failure is shown as a card that names the file.
    public void run(Path file, Write write) {
        background.start(
                "save " + file,
                text("save.task", String.valueOf(file.getFileName())),
                _ -> {
                    try {
                        write.run();
                        return true;
                    } catch (IOException e) {
                        throw new ConsoleException(
                                Problem.failed(
                                        "file.not-written",
                                        text("save.failed.what", file),
                                        String.valueOf(e.getMessage()),
                                        text("save.failed.remedy")),
                                e);
                    }
                },
                _ -> {});
    }
}
