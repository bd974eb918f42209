package dev.enclaveconsole.desktop.predict;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import dev.enclaveconsole.core.predict.PredictRun;
import dev.enclaveconsole.desktop.ui.Action;
import dev.enclaveconsole.desktop.ui.Navigator;
import dev.enclaveconsole.desktop.ui.PlotCanvas;
import dev.enclaveconsole.desktop.ui.SaveFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/// What the user can do with images and the run.
///
/// @param times how often Repeat repeats
/// @param pasteBody set by the view, which knows the clipboard
/// @param chart set by the view, which draws it
public record PredictActions(
        Action choose,
        Action folder,
        Action paste,
        Action repeat,
        Action clear,
        Action exportCsv,
        Action exportJson,
        Action exportChart,
        Action goToTrust,
        ObjectProperty<Integer> times,
        ObjectProperty<Runnable> pasteBody,
        ObjectProperty<@Nullable PlotCanvas> chart) {

    public static PredictActions of(PredictViewModel model, SaveFile files, Navigator navigator) {
        BooleanBinding ready = model.workspace().attestedProperty().isNotNull();
        BooleanBinding some = Bindings.isNotEmpty(model.items());
        BooleanBinding answered = Bindings.isNotEmpty(model.history());
        ObjectProperty<Integer> times = new SimpleObjectProperty<>(50);
        ObjectProperty<Runnable> paste = new SimpleObjectProperty<>(() -> {});
        ObjectProperty<@Nullable PlotCanvas> chart = new SimpleObjectProperty<>();
        return new PredictActions(
                Action.of("predict.choose", "mdi2i-image-multiple-outline", () -> choose(model, files))
                        .enabledWhen(ready)
                        .shortcut("Shortcut+O"),
                Action.of(
                                "predict.folder",
                                "mdi2f-folder-outline",
                                () -> files.openFolder(text("predict.choose-folder"))
                                        .ifPresent(f -> model.submit(List.of(f))))
                        .enabledWhen(ready),
                Action.of(
                                "predict.paste",
                                "mdi2c-content-paste",
                                () -> paste.get().run())
                        .enabledWhen(ready)
                        .shortcut("Shortcut+V"),
                Action.of("predict.repeat", "mdi2r-repeat", () -> model.repeat(times.get()))
                        .enabledWhen(ready.and(some)),
                Action.of("predict.clear", "mdi2b-broom", model::clear).enabledWhen(some),
                export(
                                "predict.export-csv",
                                "mdi2f-file-delimited-outline",
                                model,
                                files,
                                "predictions.csv",
                                (run, file) -> files.run(file, () -> run.exportCsv(file)))
                        .enabledWhen(answered),
                export(
                                "predict.export-json",
                                "mdi2c-code-json",
                                model,
                                files,
                                "predictions.json",
                                (run, file) -> files.run(file, () -> run.exportJson(file)))
                        .enabledWhen(answered),
                export(
                                "predict.export-chart",
                                "mdi2c-chart-line",
                                model,
                                files,
                                "latency.png",
                                (_, file) ->
                                        Optional.ofNullable(chart.get()).ifPresent(c -> savePicture(c, files, file)))
                        .enabledWhen(answered),
                Action.of("predict.go-to-trust", "mdi2s-shield-search", () -> navigator.show("trust")),
                times,
                paste,
                chart);
    }

    private static void choose(PredictViewModel model, SaveFile files) {
        List<Path> chosen = files.open(
                text("predict.choose-files"),
                text("predict.image-files"),
                List.of("*.jpg", "*.jpeg", "*.png", "*.webp", "*.JPG", "*.JPEG", "*.PNG", "*.WEBP"));
        if (!chosen.isEmpty()) {
            model.submit(chosen);
        }
    }

    private static Action export(
            String id,
            String icon,
            PredictViewModel model,
            SaveFile files,
            String name,
            BiConsumer<PredictRun, Path> write) {
        return Action.of(
                id,
                icon,
                () -> model.run()
                        .ifPresent(run -> files.ask(text("predict.export"), name, file -> write.accept(run, file))));
    }

    static void savePicture(PlotCanvas chart, SaveFile files, Path file) {
        var picture = chart.picture(2);
        files.run(file, () -> Files.write(file, dev.enclaveconsole.desktop.ui.Png.encode(picture)));
    }

    List<Action> all() {
        return List.of(choose, folder, paste, repeat, clear, exportCsv, exportJson, exportChart);
    }
}
