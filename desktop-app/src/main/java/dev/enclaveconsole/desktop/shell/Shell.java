package dev.enclaveconsole.desktop.shell;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import dev.enclaveconsole.desktop.ui.Action;
import dev.enclaveconsole.desktop.ui.AppContext;
import dev.enclaveconsole.desktop.ui.Failure;
import dev.enclaveconsole.desktop.ui.Feature;
import dev.enclaveconsole.desktop.ui.ProblemCard;
import dev.enclaveconsole.desktop.ui.Ui;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// The window's content: navigation, the current page under its heading, failures, status bar, dialogs.
public final class Shell {
    private final AppContext app;
    private final List<Feature> features;
    private final Supplier<Node> verdictBanner;
    private final Supplier<Node> contextChips;
    private final StatusBar statusBar;
    private final List<Action> actions = new ArrayList<>();
    private final Map<String, Node> pages = new HashMap<>();
    private final StackPane pageArea = new StackPane();
    private final VBox heading = new VBox(2);
    private final VBox banner = new VBox();
    private final VBox failures = new VBox(8);

    /// @param verdictBanner stands above pages whose content derives from the enclave's proof
    /// @param contextChips host, enclave and verdict in few words, beside every page's heading
    /// @param globalActions of the whole window
    public Shell(
            AppContext app,
            List<Feature> features,
            Supplier<Node> verdictBanner,
            Supplier<Node> contextChips,
            List<Action> globalActions) {
        this.app = app;
        this.features = List.copyOf(features);
        this.verdictBanner = verdictBanner;
        this.contextChips = contextChips;
        this.statusBar = new StatusBar(app.background());
        for (int i = 0; i < features.size(); i++) {
            actions.add(navigation(features.get(i), i + 1));
        }
        features.forEach(f -> actions.addAll(f.actions()));
        actions.addAll(globalActions);
        actions.add(Action.of("app.tasks", "mdi2f-format-list-checks", statusBar::showTasks)
                .shortcut("Shortcut+J"));
        actions.add(Action.of("app.palette", "mdi2m-magnify", () -> CommandPalette.open(app.dialogs(), actions))
                .shortcut("Shortcut+K"));
        actions.add(Action.of("app.help", "mdi2k-keyboard-outline", () -> CheatSheet.open(app.dialogs(), actions))
                .shortcut("F1"));
    }

    private Action navigation(Feature feature, int number) {
        return Action.of(
                        "go." + feature.id(),
                        feature.icon(),
                        () -> app.navigator().show(feature.id()))
                .shortcut("Shortcut+" + number);
    }

    public Parent build() {
        List<Action> tools = actions.stream()
                .filter(a -> List.of("app.theme", "app.palette", "app.help").contains(a.id()))
                .toList();
        VBox above = new VBox(12, Ui.row(16, heading, Ui.spacer(), contextChips.get()), failures, banner);
        above.getStyleClass().add("page-head");
        BorderPane content = new BorderPane(pageArea);
        content.setTop(above);
        BorderPane window = new BorderPane(content);
        window.setLeft(Sidebar.build(features, app.navigator(), tools));
        window.setBottom(statusBar.build());
        app.background().failures().addListener((ListChangeListener<Failure>) _ -> showFailures());
        app.navigator().currentProperty().subscribe(this::showPage);
        StackPane root = new StackPane(window, app.dialogs().pane());
        root.getStyleClass().add("console");
        return root;
    }

    /// Makes the actions' shortcuts work; `?` opens the cheat sheet unless text is being typed.
    public void installShortcuts(Scene scene) {
        for (Action action : actions) {
            if (action.shortcut() != null) {
                scene.getAccelerators().put(action.shortcut(), () -> {
                    if (!app.dialogs().isOpen()) {
                        action.run();
                    }
                });
            }
        }
        scene.addEventHandler(KeyEvent.KEY_TYPED, event -> {
            if ("?".equals(event.getCharacter())
                    && !(scene.getFocusOwner() instanceof TextInputControl)
                    && !app.dialogs().isOpen()) {
                CheatSheet.open(app.dialogs(), actions);
            }
        });
    }

    public List<Action> actions() {
        return List.copyOf(actions);
    }

    private void showPage(String id) {
        Feature feature =
                features.stream().filter(f -> f.id().equals(id)).findFirst().orElseThrow();
        heading.getChildren().setAll(Ui.label(feature.name(), "page-title"), Ui.label(feature.subtitle(), "muted"));
        if (feature.showsVerdict()) {
            banner.getChildren().setAll(verdictBanner.get());
        } else {
            banner.getChildren().clear();
        }
        Node page = pages.computeIfAbsent(id, _ -> feature.view().get());
        pageArea.getChildren().setAll(Objects.requireNonNull(page));
        pageArea.setAccessibleText(text("page.accessible", feature.name()));
    }

    private void showFailures() {
        failures.getChildren()
                .setAll(app.background().failures().stream()
                        .map(f -> ProblemCard.of(
                                f,
                                app.dialogs(),
                                () -> app.background().failures().remove(f)))
                        .toList());
    }
}
