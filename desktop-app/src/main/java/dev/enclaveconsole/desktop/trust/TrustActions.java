package dev.enclaveconsole.desktop.trust;

import dev.enclaveconsole.core.trust.Attestation;
import dev.enclaveconsole.desktop.ui.Action;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;

/// What the user can do with verdicts.
public record TrustActions(Action verify, Action save, Action open, Action closeFile, Action pin) {

    public static TrustActions of(TrustViewModel model) {
        var live = model.workspace().attestationProperty();
        BooleanBinding pinnable = Bindings.createBooleanBinding(
                () -> Optional.ofNullable(live.get())
                        .map(Attestation::verdict)
                        .filter(v -> !Measured.pinnable(v.pcrs()).isEmpty())
                        .isPresent(),
                live);
        return new TrustActions(
                Action.of("trust.verify", "mdi2s-shield-refresh-outline", model::verify)
                        .enabledWhen(model.workspace().enclaveChosen())
                        .shortcut("Shortcut+Shift+V"),
                Action.of("trust.save", "mdi2c-content-save-outline", model::save)
                        .enabledWhen(live.isNotNull())
                        .shortcut("Shortcut+S"),
                Action.of("trust.open", "mdi2f-file-search-outline", model::chooseAndReverify),
                Action.of("trust.close-file", "mdi2c-close", model::closeFile)
                        .enabledWhen(model.fromFileProperty().isNotNull()),
                Action.of("trust.pin", "mdi2p-pin-outline", model::pin).enabledWhen(pinnable));
    }

    List<Action> all() {
        return List.of(verify, save, open, closeFile, pin);
    }
}
