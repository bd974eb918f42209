package dev.enclaveconsole.desktop.enclave;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import dev.enclaveconsole.core.enclave.EnclaveInfo;
import dev.enclaveconsole.desktop.ui.Copy;
import dev.enclaveconsole.desktop.ui.SaveFile;
import dev.enclaveconsole.desktop.ui.Shown;
import dev.enclaveconsole.desktop.ui.Tables;
import dev.enclaveconsole.desktop.ui.Ui;
import dev.enclaveconsole.desktop.ui.Workspace;
import javafx.beans.binding.Bindings;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

/// The Enclaves page: the table, and below it the console when one is open.
final class EnclaveView {
    /// Head and two rows: the console below takes the rest of a small window.
    private static final double LEAST_TABLE_HEIGHT = 130;

    private final EnclaveViewModel model;
    private final EnclaveActions actions;
    private final Workspace workspace;
    private final SaveFile saveFile;

    EnclaveView(EnclaveViewModel model, EnclaveActions actions, Workspace workspace, SaveFile saveFile) {
        this.model = model;
        this.actions = actions;
        this.workspace = workspace;
        this.saveFile = saveFile;
    }

    Node build() {
        FlowPane tools = new FlowPane(
                8,
                8,
                Ui.primaryButton(actions.run()),
                Ui.button(actions.verify()),
                Ui.button(actions.console()),
                Ui.button(actions.saved()),
                Ui.button(actions.terminate()),
                Ui.button(actions.terminateAll()),
                Ui.button(actions.refresh()));
        VBox page = Ui.column(
                12,
                tools,
                DebugBanner.of(model.enclaves()),
                Ui.grow(table()),
                new ConsolePane(model, saveFile).build());
        page.getStyleClass().add("page");
        return page;
    }

    private TableView<EnclaveInfo> table() {
        TableView<EnclaveInfo> table = new TableView<>(model.enclaves());
        table.setId("enclaves");
        table.setMinHeight(LEAST_TABLE_HEIGHT);
        table.setAccessibleText(text("enclave.table"));
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.getColumns().add(wide(Tables.column(text("enclave.name"), 90, EnclaveInfo::name), 70));
        table.getColumns().add(wide(Tables.nodes(text("enclave.state"), 110, EnclaveView::state), 106));
        table.getColumns().add(wide(Tables.column(text("enclave.cid"), 50, e -> String.valueOf(e.cid())), 46));
        table.getColumns().add(wide(Tables.column(text("enclave.cpus"), 60, e -> String.valueOf(e.cpuCount())), 56));
        table.getColumns()
                .add(wide(Tables.column(text("enclave.memory"), 96, e -> text("enclave.mib", e.memoryMib())), 92));
        table.getColumns().add(wide(Tables.nodes(text("enclave.debug"), 84, EnclaveView::debug), 80));
        table.getColumns()
                .add(Tables.nodes(
                        text("enclave.pcr0"), 150, e -> hex("PCR0", e.pcrs().getOrDefault(0, ""))));
        table.getColumns().add(Tables.nodes(text("enclave.id"), 150, e -> hex(text("enclave.id"), e.id())));
        table.setPlaceholder(placeholder());
        table.getStyleClass().add("flat-table");
        table.getSelectionModel().selectedItemProperty().subscribe(e -> {
            if (e != null) {
                model.choose(e);
            }
        });
        workspace.enclaveProperty().subscribe(e -> {
            if (e != null) {
                table.getSelectionModel().select(e);
            }
        });
        return table;
    }

    /// Such a column stays readable in the smallest window.
    private static <T> TableColumn<EnclaveInfo, T> wide(TableColumn<EnclaveInfo, T> column, double least) {
        column.setMinWidth(least);
        return column;
    }

    private Node placeholder() {
        Node none = Ui.placeholder(
                "mdi2c-chip", text("enclave.empty.title"), text("enclave.empty.hint"), Ui.primaryButton(actions.run()));
        Node offline = Ui.placeholder(
                "mdi2l-lan-disconnect",
                text("enclave.offline.title"),
                text("enclave.offline.hint"),
                Ui.button(actions.goToHost()));
        return new javafx.scene.layout.StackPane(
                Ui.shownWhen(none, workspace.connected()), Ui.shownWhen(offline, Bindings.not(workspace.connected())));
    }

    private static Node state(EnclaveInfo enclave) {
        String icon = switch (enclave.state()) {
            case RUNNING -> "mdi2p-play-circle-outline";
            case TERMINATING -> "mdi2s-stop-circle-outline";
            case EMPTY -> "mdi2h-help-circle-outline";
        };
        Label label = Ui.label(text("enclave.state." + enclave.state().name()));
        label.setGraphic(Ui.icon(icon));
        return label;
    }

    private static Node debug(EnclaveInfo enclave) {
        return enclave.debug()
                ? Ui.label(text("enclave.debug.on"), "chip", "chip-danger")
                : Ui.label(text("enclave.debug.off"), "muted");
    }

    private static Node hex(String what, String value) {
        if (value.isEmpty()) {
            return Ui.label("–", "muted");
        }
        Label label = Ui.label(Shown.shortHex(value), "mono");
        label.setTooltip(Ui.tooltip(value));
        return Ui.row(2, label, Copy.button(what, () -> value));
    }
}
