package dev.enclaveconsole.desktop.ui;

import dev.enclaveconsole.core.enclave.EnclaveInfo;
import dev.enclaveconsole.core.host.HostSession;
import dev.enclaveconsole.core.trust.Attestation;
import dev.enclaveconsole.core.trust.AttestedSession;
import java.util.Optional;
import javafx.beans.binding.BooleanExpression;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// What the pages share: hosts, the connection, its enclaves, the chosen enclave, its proof. Each fact is changed by
/// one
/// page's view model and read by all. Used on the window's thread only.
public final class Workspace {
    private final ObservableList<ParentHost> hosts = FXCollections.observableArrayList();
    private final ObjectProperty<@Nullable ParentHost> host = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable HostSession> session = new SimpleObjectProperty<>();
    private final ObservableList<EnclaveInfo> enclaves = FXCollections.observableArrayList();
    private final ObjectProperty<@Nullable EnclaveInfo> enclave = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable Attestation> attestation = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable AttestedSession> attested = new SimpleObjectProperty<>();

    public ObservableList<ParentHost> hosts() {
        return hosts;
    }

    /// The connected host, null while there is none.
    public ObjectProperty<@Nullable ParentHost> hostProperty() {
        return host;
    }

    /// Null while not connected.
    public ObjectProperty<@Nullable HostSession> sessionProperty() {
        return session;
    }

    public Optional<HostSession> session() {
        return Optional.ofNullable(session.get());
    }

    /// On the connected host, as last listed.
    public ObservableList<EnclaveInfo> enclaves() {
        return enclaves;
    }

    /// The enclave that Trust and Predict are about, null while none is chosen.
    public ObjectProperty<@Nullable EnclaveInfo> enclaveProperty() {
        return enclave;
    }

    public Optional<EnclaveInfo> enclave() {
        return Optional.ofNullable(enclave.get());
    }

    /// The newest verdict on the chosen enclave, good or not; null while there is none.
    public ObjectProperty<@Nullable Attestation> attestationProperty() {
        return attestation;
    }

    /// The way to the chosen enclave that its verdict opened; null while there is none.
    public ObjectProperty<@Nullable AttestedSession> attestedProperty() {
        return attested;
    }

    public Optional<AttestedSession> attested() {
        return Optional.ofNullable(attested.get());
    }

    public BooleanExpression connected() {
        return session.isNotNull();
    }

    public BooleanExpression enclaveChosen() {
        return enclave.isNotNull();
    }
}
