package dev.enclaveconsole.desktop.host;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import atlantafx.base.theme.Styles;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.host.RecordedCommand;
import dev.enclaveconsole.desktop.ui.ParentHost;
import dev.enclaveconsole.desktop.ui.Tables;
import dev.enclaveconsole.desktop.ui.Ui;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The Host page: the list at the left, the chosen host and its commands at the right.
final class HostView {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    private final HostViewModel model;
    private final HostActions actions;
    private final Node doctor;

    /// @param doctor the pane with the doctor's findings
    HostView(HostViewModel model, HostActions actions, Node doctor) {
        this.model = model;
        this.actions = actions;
        this.doctor = doctor;
    }

    Node build() {
        VBox left = Ui.card(
                text("host.list"),
                new Node[] {Ui.iconButton(actions.importConfig()), Ui.iconButton(actions.add())},
                Ui.grow(list()));
        left.setPrefWidth(290);
        left.setMinWidth(230);
        Node scripts =
                Ui.row(8, Ui.button(actions.saveScript(), Styles.SMALL), Ui.button(actions.copyScript(), Styles.SMALL));
        Node commands = Ui.column(10, scripts, Ui.grow(commands()));
        TabPane tabs = new TabPane(tab(text("doctor.title"), doctor), tab(text("host.commands"), commands));
        tabs.setId("host-tabs");
        tabs.setAccessibleText(text("host.tabs"));
        tabs.getStyleClass().addAll(Styles.DENSE, "panel-tabs");
        VBox right = Ui.column(12, keyAlarm(), details(), Ui.grow(tabs));
        HBox.setHgrow(right, Priority.ALWAYS);
        HBox page = new HBox(12, left, right);
        page.getStyleClass().add("page");
        return page;
    }

    private static Tab tab(String title, Node content) {
        VBox padded = new VBox(Ui.grow(content));
        padded.getStyleClass().add("tab-body");
        Tab tab = new Tab(title, padded);
        tab.setClosable(false);
        return tab;
    }

    private ListView<ParentHost> list() {
        ListView<ParentHost> list = new ListView<>(model.hosts());
        list.setId("hosts");
        list.setAccessibleText(text("host.list"));
        list.getStyleClass().add("plain-list");
        list.setCellFactory(_ -> new HostCell());
        list.setPlaceholder(Ui.placeholder(
                "mdi2s-server-off", text("host.empty.title"), text("host.empty.hint"), Ui.button(actions.add())));
        model.selectedProperty().subscribe(host -> {
            if (host == null) {
                list.getSelectionModel().clearSelection();
            } else {
                list.getSelectionModel().select(host);
            }
        });
        list.getSelectionModel().selectedItemProperty().subscribe(host -> {
            if (host != null) {
                model.selectedProperty().set(host);
            }
        });
        return list;
    }

    private static final class HostCell extends ListCell<ParentHost> {
        @Override
        protected void updateItem(@Nullable ParentHost host, boolean empty) {
            super.updateItem(host, empty);
            setText(null);
            setPrefWidth(0);
            setGraphic(host == null || empty ? null : words(host));
        }

        private static Node words(ParentHost host) {
            String icon = host.temporary() ? "mdi2f-flask-outline" : "mdi2s-server";
            VBox words = Ui.column(1, Ui.label(host.name(), "strong"), Ui.label(host.target(), "muted", "small"));
            return Ui.row(10, Ui.icon(icon), words);
        }
    }

    private Node details() {
        Node buttons = new javafx.scene.layout.FlowPane(
                8,
                8,
                Ui.shownWhen(
                        Ui.primaryButton(actions.connect()),
                        model.selectedIsConnected().not()),
                Ui.shownWhen(Ui.button(actions.disconnect()), model.selectedIsConnected()),
                Ui.button(actions.test()),
                Ui.button(actions.edit()),
                Ui.button(actions.remove()));
        VBox facts = Ui.column(
                4,
                Ui.row(8, Ui.label(fact(ParentHost::name), Styles.TITLE_4), connectedChip()),
                Ui.label(fact(ParentHost::target), "mono", "muted"),
                Ui.paragraph(fact(HostView::identity), "muted"));
        var warning = Ui.row(
                8,
                Ui.icon("mdi2a-alert-outline", "warning-icon"),
                Ui.grow(Ui.paragraph(text("host.untrusted-allowed"), "warning-text")));
        ObservableValue<Boolean> allowed =
                model.selectedProperty().map(h -> h.entry().allowUntrusted()).orElse(false);
        var result = Ui.paragraph(model.testResultProperty(), "strong");
        result.setId("test-result");
        VBox panel = Ui.column(
                10,
                facts,
                Ui.shownWhen(warning, allowed),
                buttons,
                Ui.shownWhen(result, model.testResultProperty().isNotEmpty()));
        panel.getStyleClass().add("panel");
        return Ui.shownWhen(panel, model.selectedProperty().isNotNull());
    }

    private Node connectedChip() {
        var chip = Ui.label(
                Bindings.when(model.reconnectingProperty())
                        .then(text("host.reconnecting"))
                        .otherwise(text("host.connected")),
                "chip",
                "chip-accent");
        return Ui.shownWhen(chip, model.selectedIsConnected());
    }

    private ObservableValue<String> fact(Function<ParentHost, String> fact) {
        return model.selectedProperty().map(fact).orElse("");
    }

    private static String identity(ParentHost host) {
        return host.temporary()
                ? text("host.identity.temporary")
                : Optional.ofNullable(host.entry().identityFile().orElse(null))
                        .map(file -> text("host.identity.file", file))
                        .orElse(text("host.identity.default"));
    }

    private Node keyAlarm() {
        VBox card = new VBox(8);
        card.setId("key-alarm");
        card.getStyleClass().add("alarm-card");
        model.keyAlarmProperty().subscribe(problem -> {
            if (problem != null) {
                card.getChildren().setAll(alarm(problem));
            }
        });
        return Ui.shownWhen(card, model.keyAlarmProperty().isNotNull());
    }

    private Node[] alarm(Problem problem) {
        return new Node[] {
            Ui.row(8, Ui.icon("mdi2k-key-alert", "card-icon"), Ui.label(text("hostkey.changed.title"), "card-title")),
            Ui.paragraph(problem.what(), "strong"),
            Ui.paragraph(problem.why(), "mono"),
            Ui.paragraph(problem.remedy()),
            Ui.row(8, Ui.button(actions.dismissAlarm()), Ui.label(problem.code(), "code-chip"))
        };
    }

    private TableView<RecordedCommand> commands() {
        TableView<RecordedCommand> table = new TableView<>(model.commands());
        table.setId("commands");
        table.setAccessibleText(text("host.commands"));
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.getColumns().add(Tables.column(text("host.commands.time"), 80, c -> TIME.format(c.startedAt())));
        table.getColumns().add(Tables.mono(text("host.commands.command"), 380, HostView::firstLine));
        table.getColumns()
                .add(Tables.column(text("host.commands.took"), 80, c -> c.took().toMillis() + " ms"));
        table.getColumns().add(Tables.column(text("host.commands.exit"), 60, HostView::exit));
        table.setPlaceholder(Ui.placeholder(
                "mdi2c-console-line", text("host.commands.empty.title"), text("host.commands.empty.hint")));
        table.getStyleClass().addAll(Styles.DENSE, "flat-table");
        return table;
    }

    /// Scripts are long; the whole of them is in what Copy as script copies.
    private static String firstLine(RecordedCommand command) {
        String line = command.commandLine();
        int end = line.indexOf('\n');
        return end < 0 ? line : line.substring(0, end) + " …";
    }

    private static String exit(RecordedCommand command) {
        return command.exitCode().isPresent()
                ? String.valueOf(command.exitCode().getAsInt())
                : "–";
    }
}
