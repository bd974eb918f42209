package dev.enclaveconsole.desktop.ui;

import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/// Which page is shown.
public final class Navigator {
    private final ReadOnlyStringWrapper current;

    public Navigator(String start) {
        current = new ReadOnlyStringWrapper(start);
    }

    /// @param featureId id of a [Feature]
    public void show(String featureId) {
        current.set(featureId);
    }

    public ReadOnlyStringProperty currentProperty() {
        return current.getReadOnlyProperty();
    }
}
