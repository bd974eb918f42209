package dev.enclaveconsole.desktop.host;

import dev.enclaveconsole.core.host.HostEntry;
import dev.enclaveconsole.core.host.SshOptions;
import java.nio.file.Path;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// A host while it is being entered. What the form does not show, such as hosts on the way, stays as it was.
public final class HostDraft {
    private final StringProperty name = new SimpleStringProperty("");
    private final StringProperty address = new SimpleStringProperty("");
    private final StringProperty port = new SimpleStringProperty("22");
    private final StringProperty user = new SimpleStringProperty("ec2-user");
    private final StringProperty identityFile = new SimpleStringProperty("");
    private final BooleanProperty allowUntrusted = new SimpleBooleanProperty();

    private SshOptions ssh = SshOptions.NONE;

    public static HostDraft of(HostEntry entry) {
        HostDraft draft = new HostDraft();
        draft.ssh = entry.ssh();
        draft.name.set(entry.name());
        draft.address.set(entry.address());
        draft.port.set(String.valueOf(entry.port()));
        draft.user.set(entry.user());
        draft.identityFile.set(entry.identityFile().map(Path::toString).orElse(""));
        draft.allowUntrusted.set(entry.allowUntrusted());
        return draft;
    }

    /// Name, address and user are given and the port is one.
    public BooleanBinding complete() {
        return Bindings.createBooleanBinding(
                () -> !name.get().isBlank()
                        && !address.get().isBlank()
                        && !user.get().isBlank()
                        && port.get().strip().matches("\\d{1,5}"),
                name,
                address,
                user,
                port);
    }

    /// Only when [#complete].
    public HostEntry toEntry() {
        String identity = identityFile.get().strip();
        return new HostEntry(
                name.get().strip(),
                address.get().strip(),
                Integer.parseInt(port.get().strip()),
                user.get().strip(),
                identity.isEmpty() ? Optional.empty() : Optional.of(Path.of(identity)),
                allowUntrusted.get(),
                ssh);
    }

    public StringProperty nameProperty() {
        return name;
    }

    public StringProperty addressProperty() {
        return address;
    }

    public StringProperty portProperty() {
        return port;
    }

    public StringProperty userProperty() {
        return user;
    }

    public StringProperty identityFileProperty() {
        return identityFile;
    }

    public BooleanProperty allowUntrustedProperty() {
        return allowUntrusted;
    }
}
