package dev.enclaveconsole.desktop.trust;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import dev.enclaveconsole.core.enclave.EnclaveInfo;
import dev.enclaveconsole.desktop.ui.ParentHost;
import dev.enclaveconsole.desktop.ui.Ui;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;

/// Host, enclave and verdict in a few words, at the head of every page.
public final class VerdictChip {

    public static Node of(TrustViewModel model) {
        Label host =
                Ui.label(model.workspace().hostProperty().map(ParentHost::name).orElse(text("chip.no-host")), "chip");
        host.setGraphic(Ui.icon("mdi2s-server"));
        Label enclave = Ui.label(
                model.workspace().enclaveProperty().map(EnclaveInfo::name).orElse(text("chip.no-enclave")), "chip");
        enclave.setGraphic(Ui.icon("mdi2c-chip"));
        Label verdict = Ui.label("", "chip");
        verdict.setId("verdict-chip");
        model.standing().subscribe(standing -> {
            verdict.setText(text("chip." + standing.name()));
            verdict.setGraphic(Ui.icon(standing.icon()));
            verdict.getStyleClass().setAll("label", "chip", "chip-" + standing.tone());
        });
        for (Label label : new Label[] {host, enclave, verdict}) {
            label.setMinWidth(Region.USE_PREF_SIZE);
        }
        return Ui.row(6, host, enclave, verdict);
    }

    private VerdictChip() {}
}
