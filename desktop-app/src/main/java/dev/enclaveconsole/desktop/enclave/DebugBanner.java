package dev.enclaveconsole.desktop.enclave;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import dev.enclaveconsole.core.enclave.EnclaveInfo;
import dev.enclaveconsole.desktop.ui.Ui;
import java.util.stream.Collectors;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;

/// Says loudly that an enclave runs in debug mode.
final class DebugBanner {

    static Node of(ObservableList<EnclaveInfo> enclaves) {
        Label title = Ui.label(text("enclave.debug.banner"), "banner-title");
        Label reason = Ui.paragraph("", "banner-reason");
        HBox banner = Ui.row(12, Ui.icon("mdi2b-bug-outline", "banner-icon"), Ui.grow(Ui.column(1, title, reason)));
        banner.setId("debug-banner");
        banner.getStyleClass().addAll("verdict-banner", "banner-danger");
        Runnable update = () -> {
            String names = enclaves.stream()
                    .filter(EnclaveInfo::debug)
                    .map(EnclaveInfo::name)
                    .collect(Collectors.joining(", "));
            reason.setText(text("enclave.debug.banner.reason", names));
            banner.setAccessibleText(title.getText() + ". " + reason.getText());
            banner.setVisible(!names.isEmpty());
            banner.setManaged(!names.isEmpty());
        };
        enclaves.addListener((ListChangeListener<EnclaveInfo>) _ -> update.run());
        update.run();
        return banner;
    }

    private DebugBanner() {}
}
