package dev.enclaveconsole.desktop.predict;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import dev.enclaveconsole.desktop.ui.PlotCanvas;
import dev.enclaveconsole.desktop.ui.Ui;
import javafx.scene.Node;
import javafx.scene.control.ListView;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.RowConstraints;
import javafx.scene.layout.VBox;

/// The Predict page: drop zone; below it the chosen answer over images and history at the left, the run at the right.
final class PredictView {
    private final PredictViewModel model;
    private final PredictActions actions;

    PredictView(PredictViewModel model, PredictActions actions) {
        this.model = model;
        this.actions = actions;
    }

    Node build() {
        DropZone dropZone = new DropZone(model, actions);
        actions.pasteBody().set(dropZone::paste);
        Node zone = dropZone.build();
        RunPane run = new RunPane(model, actions);
        PlotCanvas chart = run.chart();
        actions.chart().set(chart);
        Node answer = new ResultPane().build(model);
        VBox left = Ui.column(12, answer, Ui.grow(lists()));
        GridPane columns = new GridPane(12, 0);
        ColumnConstraints narrow = new ColumnConstraints();
        narrow.setPercentWidth(44);
        ColumnConstraints wide = new ColumnConstraints();
        wide.setPercentWidth(56);
        RowConstraints tall = new RowConstraints();
        tall.setVgrow(Priority.ALWAYS);
        columns.getColumnConstraints().addAll(narrow, wide);
        columns.getRowConstraints().add(tall);
        columns.addRow(0, left, Ui.grow(run.build()));
        VBox page = Ui.column(12, zone, Ui.grow(columns));
        page.getStyleClass().add("page");
        dropZone.receiveOn(page, zone);
        return page;
    }

    private Node lists() {
        ListView<PredictItem> items = new ListView<>(model.items());
        items.setId("items");
        items.setAccessibleText(text("predict.images"));
        items.getStyleClass().add("plain-list");
        items.setCellFactory(_ -> new ItemCell());
        items.setPlaceholder(Ui.label(text("predict.images.empty"), "muted"));
        items.getSelectionModel().selectedItemProperty().subscribe(item -> {
            if (item != null) {
                model.selectedProperty().set(item);
            }
        });
        model.selectedProperty().subscribe(item -> {
            if (item != null) {
                items.getSelectionModel().select(item);
            }
        });
        Tab images = new Tab(text("predict.images"), items);
        Tab history = new Tab(text("predict.history"), HistoryTable.of(model));
        TabPane tabs = new TabPane(images, history);
        tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        tabs.setAccessibleText(text("predict.images"));
        tabs.getStyleClass().add("panel-tabs");
        tabs.setMinHeight(90);
        return tabs;
    }
}
