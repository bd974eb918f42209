package dev.enclaveconsole.desktop.overview;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import atlantafx.base.theme.Styles;
import dev.enclaveconsole.desktop.trust.Standing;
import dev.enclaveconsole.desktop.ui.Action;
import dev.enclaveconsole.desktop.ui.Ui;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// The Overview: for newcomers what this is and one button; for everybody the way to a prediction and where they are on
/// it.
final class OverviewView {
    private static final PseudoClass CURRENT = PseudoClass.getPseudoClass("current");
    private static final PseudoClass DONE = PseudoClass.getPseudoClass("done");

    private final OverviewViewModel model;
    private final ObservableValue<Standing> standing;
    private final OverviewActions actions;
    private final Map<Milestone, List<Action>> stageActions = new EnumMap<>(Milestone.class);

    OverviewView(OverviewViewModel model, ObservableValue<Standing> standing, OverviewActions actions) {
        this.model = model;
        this.standing = standing;
        this.actions = actions;
        stageActions.put(Milestone.HOST, List.of(actions.sandbox(), actions.goHost()));
        stageActions.put(Milestone.ENCLAVE, List.of(actions.run(), actions.goEnclaves()));
        stageActions.put(Milestone.PROOF, List.of(actions.verify()));
        stageActions.put(Milestone.PREDICT, List.of(actions.goPredict()));
    }

    Node build() {
        VBox path = new VBox();
        for (Milestone stage : Milestone.values()) {
            path.getChildren().add(row(stage));
        }
        path.getStyleClass().add("step-list");
        Node checklist = Ui.card(text("overview.path"), new Node[0], path);
        VBox content = Ui.column(14, Ui.shownWhen(hero(), model.firstRun()), checklist, facts());
        ScrollPane scroll = new ScrollPane(content);
        scroll.setFitToWidth(true);
        scroll.setFocusTraversable(false);
        scroll.setAccessibleText(text("feature.overview.name"));
        scroll.getStyleClass().add("page-scroll");
        VBox page = new VBox(Ui.grow(scroll));
        page.getStyleClass().add("page");
        return page;
    }

    private Node hero() {
        Button start = Ui.primaryButton(actions.sandbox());
        start.setId("start-sandbox");
        start.getStyleClass().add(Styles.LARGE);
        Button add = Ui.button(actions.addHost());
        add.setId("hero-add-host");
        add.getStyleClass().add(Styles.LARGE);
        VBox words = Ui.column(
                10,
                Ui.paragraph(text("overview.hero.title"), "hero-title"),
                Ui.paragraph(text("overview.hero.body"), "hero-body"),
                Ui.row(
                        8,
                        Ui.icon("mdi2a-alert-outline", "warning-icon"),
                        Ui.grow(Ui.paragraph(text("overview.hero.warning"), "warning-text"))),
                new FlowPane(10, 10, start, add));
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox hero = new HBox(24, Ui.icon("mdi2s-shield-lock-outline", "hero-icon"), words);
        hero.getStyleClass().addAll("panel", "hero");
        return hero;
    }

    private Node row(Milestone stage) {
        FontIcon mark = Ui.icon("mdi2c-circle-outline", "path-mark");
        Label title = Ui.label(text("overview.stage." + stage.name()), "strong");
        Label state = Ui.paragraph(model.stateOf(stage), "muted");
        VBox words = Ui.column(1, title, state);
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox buttons = Ui.row(8);
        List<Action> choices = Objects.requireNonNull(stageActions.get(stage));
        for (int i = 0; i < choices.size(); i++) {
            Button button = Ui.button(choices.get(i));
            button.setId("overview-" + stage.name() + "-" + i);
            buttons.getChildren().add(button);
        }
        HBox row = Ui.row(14, mark, Ui.icon(stage.icon(), "path-icon"), words, buttons);
        row.setId("overview-stage-" + stage.name());
        row.getStyleClass().add("path-row");
        Runnable update = () -> paint(stage, row, mark, buttons);
        model.next().subscribe(_ -> update.run());
        standing.subscribe(_ -> update.run());
        return row;
    }

    private void paint(Milestone stage, HBox row, FontIcon mark, HBox buttons) {
        Milestone next = model.next().getValue();
        boolean current = stage == next;
        boolean done = stage.compareTo(next) < 0;
        row.pseudoClassStateChanged(CURRENT, current);
        row.pseudoClassStateChanged(DONE, done);
        mark.setIconLiteral(mark(stage, current, done));
        for (int i = 0; i < buttons.getChildren().size(); i++) {
            List<String> styles = buttons.getChildren().get(i).getStyleClass();
            styles.remove(Styles.ACCENT);
            if (current && i == 0) {
                styles.add(Styles.ACCENT);
            }
        }
    }

    /// The proof is ticked only if it is one.
    private String mark(Milestone stage, boolean current, boolean done) {
        if (current) {
            return "mdi2a-arrow-right-circle";
        }
        if (!done) {
            return "mdi2c-circle-outline";
        }
        return stage == Milestone.PROOF && standing.getValue() != Standing.TRUSTED
                ? "mdi2a-alert-circle-outline"
                : "mdi2c-check-circle-outline";
    }

    private static Node facts() {
        HBox facts = new HBox(
                14,
                fact("mdi2k-key-chain-variant", "overview.fact.tls"),
                fact("mdi2f-file-certificate-outline", "overview.fact.proof"),
                fact("mdi2t-timer-outline", "overview.fact.latency"));
        facts.setFillHeight(true);
        return facts;
    }

    private static Node fact(String icon, String key) {
        VBox card = Ui.column(
                6,
                Ui.row(8, Ui.icon(icon, "fact-icon"), Ui.grow(Ui.paragraph(text(key + ".title"), "strong"))),
                Ui.paragraph(text(key + ".body"), "muted"));
        card.getStyleClass().add("panel");
        card.setPrefWidth(300);
        HBox.setHgrow(card, Priority.ALWAYS);
        return card;
    }
}
