package dev.enclaveconsole.desktop.enclave;

import dev.enclaveconsole.core.enclave.LaunchFacts;
import dev.enclaveconsole.core.enclave.LaunchPlan;
import dev.enclaveconsole.core.enclave.LaunchRequest;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import org.jspecify.annotations.Nullable;

/// An enclave while its launch is being entered.
public final class LaunchDraft {
    private final StringProperty image = new SimpleStringProperty("demo");
    private final StringProperty name = new SimpleStringProperty("");
    private final IntegerProperty cpus = new SimpleIntegerProperty(2);
    private final IntegerProperty memoryMib = new SimpleIntegerProperty(2048);
    private final BooleanProperty debug = new SimpleBooleanProperty();

    private final ObjectProperty<@Nullable LaunchFacts> facts = new SimpleObjectProperty<>();

    private final ObservableValue<@Nullable LaunchPlan> plan =
            Bindings.createObjectBinding(this::currentPlan, facts, image, name, cpus, memoryMib, debug);

    /// What the launch would take, newly worked out at each change; null while the host is being asked.
    public ObservableValue<@Nullable LaunchPlan> plan() {
        return plan;
    }

    private @Nullable LaunchPlan currentPlan() {
        LaunchFacts known = facts.get();
        return known == null ? null : known.plan(toRequest());
    }

    /// Unknown counts as launchable: the launch itself asks the host again.
    public boolean launchable() {
        LaunchPlan plan = currentPlan();
        return plan == null || plan.launchable();
    }

    /// Takes over the quantities of a request.
    public void takeOver(LaunchRequest fit) {
        cpus.set(fit.cpuCount());
        memoryMib.set(fit.memoryMib());
    }

    public ObjectProperty<@Nullable LaunchFacts> factsProperty() {
        return facts;
    }

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
