package dev.enclaveconsole.desktop.shell;

import dev.enclaveconsole.core.Console;
import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.settings.Preferences.Theme;
import dev.enclaveconsole.desktop.enclave.EnclaveActions;
import dev.enclaveconsole.desktop.enclave.EnclaveDialogs;
import dev.enclaveconsole.desktop.enclave.EnclaveFeature;
import dev.enclaveconsole.desktop.enclave.EnclaveViewModel;
import dev.enclaveconsole.desktop.host.DoctorActions;
import dev.enclaveconsole.desktop.host.DoctorDialogs;
import dev.enclaveconsole.desktop.host.DoctorViewModel;
import dev.enclaveconsole.desktop.host.HostActions;
import dev.enclaveconsole.desktop.host.HostDialogs;
import dev.enclaveconsole.desktop.host.HostFeature;
import dev.enclaveconsole.desktop.host.HostViewModel;
import dev.enclaveconsole.desktop.overview.OverviewFeature;
import dev.enclaveconsole.desktop.overview.OverviewViewModel;
import dev.enclaveconsole.desktop.overview.SandboxStarter;
import dev.enclaveconsole.desktop.predict.PredictActions;
import dev.enclaveconsole.desktop.predict.PredictFeature;
import dev.enclaveconsole.desktop.predict.PredictViewModel;
import dev.enclaveconsole.desktop.trust.TrustActions;
import dev.enclaveconsole.desktop.trust.TrustFeature;
import dev.enclaveconsole.desktop.trust.TrustViewModel;
import dev.enclaveconsole.desktop.trust.VerdictBanner;
import dev.enclaveconsole.desktop.trust.VerdictChip;
import dev.enclaveconsole.desktop.ui.Action;
import dev.enclaveconsole.desktop.ui.AppContext;
import dev.enclaveconsole.desktop.ui.Background;
import dev.enclaveconsole.desktop.ui.Dialogs;
import dev.enclaveconsole.desktop.ui.Feature;
import dev.enclaveconsole.desktop.ui.Navigator;
import dev.enclaveconsole.desktop.ui.SaveFile;
import dev.enclaveconsole.desktop.ui.Texts;
import dev.enclaveconsole.desktop.ui.Workspace;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.stage.Stage;
import javafx.stage.Window;

/// One window with everything in it: the composition root of the desktop. A new feature gets its place by one line in
/// [#features].
public final class ConsoleWindow implements AutoCloseable {
    private static final double WIDTH = 1280;
    private static final double HEIGHT = 800;

    private final AppContext app;
    private final Dialogs dialogs = new Dialogs();
    private final Navigator navigator = new Navigator("overview");
    private final Themes themes;
    private final SandboxStarter sandbox;
    private final SaveFile saveFile;
    private final HostViewModel hosts;
    private final EnclaveViewModel enclaves;
    private final TrustViewModel trust;
    private final PredictViewModel predict;
    private final Shell shell;
    private final Scene scene;

    /// On the window's thread.
    ///
    /// @param window runs code on that thread, later
    public ConsoleWindow(Console core, Executor window) {
        Background background = new Background(core.operations(), window);
        this.app = new AppContext(core, new Workspace(), background);
        this.themes = new Themes(core.preferences().load().theme());
        this.sandbox = new SandboxStarter(core.folders());
        this.saveFile = new SaveFile(background, this::stage);
        HostDialogs hostDialogs = new HostDialogs(dialogs);
        this.hosts = new HostViewModel(app, hostDialogs);
        this.enclaves = new EnclaveViewModel(app);
        this.trust = new TrustViewModel(app, saveFile);
        this.predict = new PredictViewModel(app);
        this.shell = new Shell(
                background,
                dialogs,
                navigator,
                features(hostDialogs),
                () -> VerdictBanner.live(trust),
                () -> VerdictChip.of(trust),
                List.of(Action.of("app.theme", "mdi2t-theme-light-dark", this::nextTheme)
                        .shortcut("Shortcut+T")));
        Parent root = shell.build();
        this.scene = new Scene(root, WIDTH, HEIGHT);
        scene.getStylesheets()
                .add(Objects.requireNonNull(getClass().getResource("/dev/enclaveconsole/desktop/console.css"))
                        .toExternalForm());
        shell.installShortcuts(scene);
        hosts.load();
    }

    private List<Feature> features(HostDialogs hostDialogs) {
        HostActions hostActions = HostActions.of(hosts, hostDialogs, app.workspace());
        DoctorViewModel doctor = new DoctorViewModel(app, hosts::connect);
        DoctorDialogs doctorDialogs = new DoctorDialogs(dialogs);
        EnclaveActions enclaveActions = EnclaveActions.of(
                enclaves, new EnclaveDialogs(dialogs, enclaves), app.workspace(), navigator, trust::verify);
        return List.of(
                OverviewFeature.of(
                        new OverviewViewModel(app, hosts, sandbox),
                        trust.standing(),
                        navigator,
                        hostActions.add(),
                        enclaveActions.run(),
                        enclaveActions.verify()),
                HostFeature.of(
                        hosts,
                        hostActions,
                        doctor,
                        DoctorActions.of(doctor, doctorDialogs, app.workspace()),
                        doctorDialogs),
                EnclaveFeature.of(enclaves, enclaveActions, app.workspace(), saveFile),
                TrustFeature.of(trust, TrustActions.of(trust)),
                PredictFeature.of(predict, PredictActions.of(predict, saveFile, navigator)));
    }

    private Optional<Window> stage() {
        return Optional.ofNullable(scene.getWindow());
    }

    /// System, light, dark, and around again; remembered.
    private void nextTheme() {
        Theme next = switch (themes.chosenProperty().get()) {
            case SYSTEM -> Theme.LIGHT;
            case LIGHT -> Theme.DARK;
            case DARK -> Theme.SYSTEM;
        };
        themes.chosenProperty().set(next);
        app.background().start("theme", Texts.text("theme.task." + next.name()), _ -> remember(next), _ -> {});
    }

    private boolean remember(Theme theme) throws ConsoleException {
        app.core().preferences().change(p -> p.withTheme(theme));
        return true;
    }

    /// Puts the window's content on `stage` and shows it.
    public void show(Stage stage) {
        stage.setTitle(Texts.text("app.name"));
        stage.getIcons().add(WindowIcon.draw());
        stage.setMinWidth(1000);
        stage.setMinHeight(680);
        stage.setScene(scene);
        stage.show();
    }

    public Scene scene() {
        return scene;
    }

    public Navigator navigator() {
        return navigator;
    }

    public Dialogs dialogs() {
        return dialogs;
    }

    public AppContext app() {
        return app;
    }

    public Themes themes() {
        return themes;
    }

    public Shell shell() {
        return shell;
    }

    public HostViewModel hosts() {
        return hosts;
    }

    public TrustViewModel trust() {
        return trust;
    }

    public PredictViewModel predict() {
        return predict;
    }

    public EnclaveViewModel enclaves() {
        return enclaves;
    }

    /// Ends everything that lives as long as the window: what runs, connections, the sandbox. Blocks for a moment.
    @Override
    public void close() throws IOException {
        app.core().operations().cancelAll();
        app.workspace().attested().ifPresent(s -> s.close());
        app.workspace().session().ifPresent(s -> s.close());
        sandbox.close();
    }
}
