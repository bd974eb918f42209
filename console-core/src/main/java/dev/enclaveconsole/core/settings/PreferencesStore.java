package dev.enclaveconsole.core.settings;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.enclaveconsole.core.failure.ConsoleException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the [Preferences] in one file. A damaged file means the defaults: preferences never keep the console from
/// starting.
public final class PreferencesStore {
    private static final Logger LOG = LoggerFactory.getLogger(PreferencesStore.class);
    private final JsonFile<Preferences> file;

    public PreferencesStore(Path file) {
        this.file = new JsonFile<>(file, new TypeReference<Preferences>() {});
    }

    public synchronized Preferences load() {
        try {
            return file.read(Preferences.DEFAULT);
        } catch (ConsoleException e) {
            LOG.warn("{}", e.problem().sentence());
            return Preferences.DEFAULT;
        }
    }

    public synchronized Preferences change(UnaryOperator<Preferences> change) throws ConsoleException {
        Preferences changed = change.apply(load());
        file.write(changed);
        return changed;
    }
}
