package dev.enclaveconsole.desktop.trust;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import dev.enclaveconsole.desktop.ui.Copy;
import dev.enclaveconsole.desktop.ui.Shown;
import dev.enclaveconsole.desktop.ui.Ui;
import dev.enclaveconsole.protocol.attestation.StepId;
import dev.enclaveconsole.protocol.attestation.Verdict;
import dev.enclaveconsole.protocol.attestation.VerdictStep;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The Trust page: the checks one by one, the measurements below them.
final class TrustView {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss z", Locale.ROOT).withZone(ZoneId.systemDefault());

    private final TrustViewModel model;
    private final TrustActions actions;
    private final VBox content = Ui.column(12);

    TrustView(TrustViewModel model, TrustActions actions) {
        this.model = model;
        this.actions = actions;
    }

    Node build() {
        FlowPane tools = new FlowPane(
                8, 8, Ui.primaryButton(actions.verify()), Ui.button(actions.save()), Ui.button(actions.open()));
        ScrollPane scroll = new ScrollPane(content);
        scroll.setFitToWidth(true);
        scroll.setFocusTraversable(false);
        scroll.setAccessibleText(text("feature.trust.name"));
        scroll.getStyleClass().add("page-scroll");
        model.shown().subscribe(this::show);
        VBox page = Ui.column(12, tools, Ui.grow(scroll));
        page.getStyleClass().add("page");
        return page;
    }

    private void show(@Nullable ShownVerdict shown) {
        if (shown == null) {
            content.getChildren()
                    .setAll(Ui.placeholder(
                            "mdi2s-shield-search",
                            text("trust.empty.title"),
                            text("trust.empty.hint"),
                            Ui.button(actions.verify())));
            return;
        }
        content.getChildren().clear();
        shown.file().ifPresent(file -> content.getChildren().add(fileNote(shown, file)));
        content.getChildren().addAll(steps(shown.verdict()), measurements(shown));
    }

    private Node fileNote(ShownVerdict shown, String file) {
        VBox note = Ui.column(
                8,
                Ui.row(
                        8,
                        Ui.label(text("trust.file.title", file), "card-title"),
                        Ui.spacer(),
                        Ui.button(actions.closeFile())),
                VerdictBanner.of(shown),
                Ui.paragraph(text("trust.file.hint"), "muted"));
        if (!shown.genuine()) {
            note.getChildren().add(Ui.paragraph(text("trust.file.forged"), "danger-text", "strong"));
        }
        note.getStyleClass().add("panel");
        note.setId("file-verdict");
        return note;
    }

    private static Node steps(Verdict verdict) {
        long passed = verdict.steps().stream()
                .filter(s -> s.status() == VerdictStep.Status.PASSED)
                .count();
        Label summary = Ui.label(
                text("trust.summary", passed, verdict.steps().size(), TIME.format(verdict.verifiedAt())), "muted");
        VBox rows = new VBox();
        rows.setId("steps");
        verdict.steps().forEach(step -> rows.getChildren().add(StepRow.of(step)));
        rows.getStyleClass().add("step-list");
        return Ui.card(text("trust.steps"), new Node[] {summary}, rows);
    }

    private Node measurements(ShownVerdict shown) {
        Verdict verdict = shown.verdict();
        Map<Integer, String> pcrs = Measured.shown(verdict.pcrs());
        if (pcrs.isEmpty()) {
            return Ui.column(0);
        }
        VBox rows = Ui.column(6);
        pcrs.forEach((index, hex) -> {
            Label name = Ui.label("PCR" + index, "strong");
            name.setMinWidth(56);
            Label value = Ui.paragraph(Shown.grouped(hex), "mono");
            rows.getChildren().add(Ui.row(8, name, Ui.grow(value), Copy.button("PCR" + index, () -> hex)));
        });
        Node pinned = Ui.paragraph(pinnedWords(shown), "muted");
        List<Node> tools = shown.file().isPresent() ? List.of() : List.of(Ui.button(actions.pin()));
        return Ui.card(text("trust.measurements"), tools.toArray(Node[]::new), pinned, rows);
    }

    private static String pinnedWords(ShownVerdict shown) {
        if (shown.pins().isEmpty()) {
            return text("trust.pins.none");
        }
        boolean same = shown.verdict().steps().stream()
                .anyMatch(s -> s.id() == StepId.MEASUREMENTS && s.status() == VerdictStep.Status.PASSED);
        String name = shown.pins().get();
        return same ? text("trust.pins.same", name) : text("trust.pins.different", name);
    }
}
