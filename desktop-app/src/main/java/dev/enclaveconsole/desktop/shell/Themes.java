package dev.enclaveconsole.desktop.shell;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import dev.enclaveconsole.core.settings.Preferences.Theme;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;

/// Light or dark, as the user chose or as the system has it, at once and while running.
public final class Themes {
    private final ObjectProperty<Theme> chosen;

    public Themes(Theme start) {
        chosen = new SimpleObjectProperty<>(start);
        chosen.subscribe(_ -> apply());
        Platform.getPreferences().colorSchemeProperty().subscribe(_ -> apply());
    }

    public ObjectProperty<Theme> chosenProperty() {
        return chosen;
    }

    public boolean isDark() {
        return switch (chosen.get()) {
            case LIGHT -> false;
            case DARK -> true;
            case SYSTEM -> Platform.getPreferences().getColorScheme() == ColorScheme.DARK;
        };
    }

    private void apply() {
        String sheet =
                isDark() ? new PrimerDark().getUserAgentStylesheet() : new PrimerLight().getUserAgentStylesheet();
        Application.setUserAgentStylesheet(sheet);
    }
}
