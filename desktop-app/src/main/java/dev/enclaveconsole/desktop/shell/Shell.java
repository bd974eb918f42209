package dev.enclaveconsole.desktop.shell;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import dev.enclaveconsole.desktop.ui.Action;
import dev.enclaveconsole.desktop.ui.Background;
import dev.enclaveconsole.desktop.ui.Dialogs;
import dev.enclaveconsole.desktop.ui.Failure;
import dev.enclaveconsole.desktop.ui.Feature;
import dev.enclaveconsole.desktop.ui.Navigator;
import dev.enclaveconsole.desktop.ui.ProblemCard;
import dev.enclaveconsole.desktop.ui.Ui;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
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
    private final Background background;
    private final Dialogs dialogs;
    private final Navigator navigator;
    private final List<Feature> features;
    private final Node bannerNode;
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
            Background background,
            Dialogs dialogs,
            Navigator navigator,
            List<Feature> features,
            Supplier<Node> verdictBanner,
            Supplier<Node> contextChips,
            List<Action> globalActions) {
        this.background = background;
        this.dialogs = dialogs;
        this.navigator = navigator;
        this.features = List.copyOf(features);
        this.bannerNode = verdictBanner.get();
        this.contextChips = contextChips;
        this.statusBar = new StatusBar(background);
        for (int i = 0; i < features.size(); i++) {
            actions.add(navigation(features.get(i), i + 1));
        }
        features.forEach(f -> actions.addAll(f.actions()));
        actions.addAll(globalActions);
        actions.add(Action.of("app.tasks", "mdi2f-format-list-checks", statusBar::showTasks)
                .shortcut("Shortcut+J"));
        actions.add(Action.of("app.palette", "mdi2m-magnify", () -> CommandPalette.open(dialogs, actions))
                .shortcut("Shortcut+K"));
        actions.add(Action.of("app.help", "mdi2k-keyboard-outline", () -> CheatSheet.open(dialogs, actions))
                .shortcut("F1"));
    }

    private Action navigation(Feature feature, int number) {
        return Action.of("go." + feature.id(), feature.icon(), () -> navigator.show(feature.id()))
                .shortcut("Shortcut+" + number);
    }

    public Parent build() {
        List<Action> tools = actions.stream()
                .filter(a -> List.of("app.theme", "app.palette", "app.help").contains(a.id()))
                .toList();
        VBox above = new VBox(Ui.row(16, heading, Ui.spacer(), contextChips.get()), failures, banner);
        above.getStyleClass().add("page-head");
        hugContent(failures);
        hugContent(banner);
        pageArea.setMinHeight(0);
        pageArea.setAlignment(Pos.TOP_LEFT);
        BorderPane content = new BorderPane(pageArea);
        content.setTop(above);
        BorderPane window = new BorderPane(content);
        window.setLeft(Sidebar.build(features, navigator, tools));
        window.setBottom(statusBar.build());
        background.failures().addListener((ListChangeListener<Failure>) _ -> showFailures());
        navigator.currentProperty().subscribe(this::showPage);
        StackPane root = new StackPane(window, dialogs.pane());
        root.getStyleClass().add("console");
        return root;
    }

    /// Takes room, clicks, and distance from what is above, only while there is something in it.
    private static void hugContent(VBox box) {
        box.getStyleClass().add("stack");
        box.managedProperty().bind(Bindings.isNotEmpty(box.getChildren()));
        box.visibleProperty().bind(box.managedProperty());
    }

    /// Makes the actions' shortcuts work; `?` opens the cheat sheet unless text is being typed.
    public void installShortcuts(Scene scene) {
        for (Action action : actions) {
            if (action.shortcut() != null) {
                scene.getAccelerators().put(action.shortcut(), () -> {
                    if (!dialogs.isOpen()) {
                        action.run();
                    }
                });
            }
        }
        scene.addEventHandler(KeyEvent.KEY_TYPED, event -> {
            if ("?".equals(event.getCharacter())
                    && !(scene.getFocusOwner() instanceof TextInputControl)
                    && !dialogs.isOpen()) {
                CheatSheet.open(dialogs, actions);
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
            banner.getChildren().setAll(bannerNode);
        } else {
            banner.getChildren().clear();
        }
        Node page = pages.computeIfAbsent(id, _ -> feature.view().get());
        pageArea.getChildren().setAll(Objects.requireNonNull(page));
        pageArea.setAccessibleText(text("page.accessible", feature.name()));
    }

    private void showFailures() {
        failures.getChildren()
                .setAll(background.failures().stream()
                        .map(f -> ProblemCard.of(
                                f, dialogs, () -> background.failures().remove(f)))
                        .toList());
    }
}
