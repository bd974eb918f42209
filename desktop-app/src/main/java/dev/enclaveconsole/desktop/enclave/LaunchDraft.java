package dev.enclaveconsole.desktop.enclave;

import dev.enclaveconsole.core.enclave.LaunchRequest;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// An enclave while its launch is being entered.
public final class LaunchDraft {
    private final StringProperty image = new SimpleStringProperty("demo");
    private final StringProperty name = new SimpleStringProperty("");
    private final IntegerProperty cpus = new SimpleIntegerProperty(2);
    private final IntegerProperty memoryMib = new SimpleIntegerProperty(2048);
    private final BooleanProperty debug = new SimpleBooleanProperty();

    public BooleanBinding complete() {
        return Bindings.createBooleanBinding(
                () -> !image.get().isBlank() && cpus.get() > 0 && memoryMib.get() > 0, image, cpus, memoryMib);
    }

    public LaunchRequest toRequest() {
        String given = name.get().strip();
        return new LaunchRequest(
                image.get().strip(),
                given.isEmpty() ? Optional.empty() : Optional.of(given),
                cpus.get(),
                memoryMib.get(),
                debug.get());
    }

    public StringProperty imageProperty() {
        return image;
    }

    public StringProperty nameProperty() {
        return name;
    }

    public IntegerProperty cpusProperty() {
        return cpus;
    }

    public IntegerProperty memoryMibProperty() {
        return memoryMib;
    }

    public BooleanProperty debugProperty() {
        return debug;
    }
}
