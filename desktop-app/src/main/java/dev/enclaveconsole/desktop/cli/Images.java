package dev.enclaveconsole.desktop.cli;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.predict.ImageSource;
import java.nio.file.Path;
import java.util.List;

/// The images of a command line, checked before anything is started or connected.
final class Images {

    /// @throws ConsoleException of the first file, if none can be sent
    static ImageSource.Selection select(List<Path> files) throws ConsoleException {
        ImageSource.Selection selection = ImageSource.select(files);
        if (selection.images().isEmpty() && !selection.rejected().isEmpty()) {
            throw new ConsoleException(selection.rejected().getFirst().problem());
        }
        return selection;
    }

    private Images() {}
}
