package dev.enclaveconsole.desktop.predict;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import atlantafx.base.theme.Styles;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.predict.PredictEntry;
import dev.enclaveconsole.desktop.ui.Shown;
import dev.enclaveconsole.desktop.ui.Tables;
import dev.enclaveconsole.desktop.ui.Ui;
import dev.enclaveconsole.protocol.api.PhaseTimings;
import javafx.scene.control.TableView;

/// Every request of the run.
final class HistoryTable {

    static TableView<PredictEntry> of(PredictViewModel model) {
        TableView<PredictEntry> table = new TableView<>(model.history());
        table.setId("history");
        table.setAccessibleText(text("predict.history"));
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.getColumns().add(Tables.column("#", 44, e -> String.valueOf(e.number())));
        table.getColumns().add(Tables.column(text("predict.history.file"), 120, PredictEntry::file));
        table.getColumns().add(Tables.column(text("predict.history.answer"), 110, HistoryTable::answer));
        table.getColumns()
                .add(Tables.column(text("predict.history.latency"), 62, e -> Shown.millis(e.latencyMicros())));
        table.getColumns().add(Tables.column(text("predict.history.infer"), 62, HistoryTable::infer));
        table.setPlaceholder(Ui.label(text("predict.history.empty"), "muted"));
        table.getStyleClass().addAll(Styles.DENSE, "flat-table");
        return table;
    }

    private static String answer(PredictEntry entry) {
        return entry.problem()
                .map(Problem::code)
                .orElseGet(() -> entry.top().getFirst().label()
                        + " "
                        + ScoreBars.percent(entry.top().getFirst().score()));
    }

    private static String infer(PredictEntry entry) {
        return entry.timings().map(PhaseTimings::infer).map(Shown::millis).orElse("–");
    }

    private HistoryTable() {}
}
