package dev.enclaveconsole.desktop.enclave;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import atlantafx.base.theme.Styles;
import dev.enclaveconsole.core.enclave.HostResources;
import dev.enclaveconsole.core.enclave.LaunchPlan;
import dev.enclaveconsole.core.enclave.LaunchRequest;
import dev.enclaveconsole.core.enclave.PageUse;
import dev.enclaveconsole.desktop.ui.Ui;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// What the chosen memory and CPUs will really take, what is free, why a launch would fail and what would fit.
final class LaunchCalculatorPane {
    private final VBox box = Ui.column(3);
    private final Consumer<LaunchRequest> onFit;

    /// @param onFit takes over the request that would fit
    LaunchCalculatorPane(Consumer<LaunchRequest> onFit) {
        this.onFit = onFit;
        box.setId("launch-calculator");
        box.getStyleClass().add("value-box");
    }

    Node build(ObservableValue<@Nullable LaunchPlan> plan, ObservableValue<String> waiting) {
        plan.subscribe(p -> show(p, waiting.getValue()));
        waiting.subscribe(w -> show(plan.getValue(), w));
        return box;
    }

    private void show(@Nullable LaunchPlan plan, String waiting) {
        box.getChildren().clear();
        if (plan == null) {
            add(waiting, "mdi2p-progress-clock", "muted");
            return;
        }
        HostResources host = plan.resources();
        add(
                text(
                        "enclave.plan.free",
                        host.freeMib(),
                        host.totalMib(),
                        host.freeCpus().size(),
                        host.cpuPool().size()),
                "mdi2m-memory",
                "muted");
        if (!plan.pages().isEmpty()) {
            String pages =
                    plan.pages().stream().map(LaunchCalculatorPane::pages).collect(Collectors.joining(", "));
            add(text("enclave.plan.takes", plan.realMib(), pages), "mdi2l-layers-outline", "strong");
        }
        if (plan.imageBytes().isPresent()) {
            add(text("enclave.plan.least", plan.leastMib()), "mdi2f-file-outline", "muted");
        } else {
            add(text("enclave.plan.image-unknown"), "mdi2f-file-question-outline", "warning-text");
        }
        plan.refusals()
                .forEach(refusal -> add(
                        text("enclave.plan.refusal", refusal.code(), refusal.why()),
                        "mdi2a-alert-circle-outline",
                        "danger-text"));
        if (plan.launchable()) {
            add(text("enclave.plan.fine"), "mdi2c-check", "muted");
        } else {
            advice(plan);
        }
    }

    private static String pages(PageUse use) {
        return use.pageKib() >= 1024 * 1024
                ? text("enclave.plan.pages.gib", use.count(), use.pageKib() / 1024 / 1024)
                : text("enclave.plan.pages.mib", use.count(), use.pageKib() / 1024);
    }

    private void advice(LaunchPlan plan) {
        add(plan.advice(), "mdi2l-lightbulb-outline", "strong");
        plan.fits().ifPresent(fit -> {
            Button take = new Button(text("enclave.plan.take", fit.memoryMib(), fit.cpuCount()));
            take.setId("launch-take-fit");
            take.getStyleClass().add(Styles.SMALL);
            take.setOnAction(_ -> onFit.accept(fit));
            box.getChildren().add(take);
        });
    }

    private void add(String words, String icon, String style) {
        Label label = Ui.paragraph(words, style, "small");
        label.setGraphic(Ui.icon(icon));
        box.getChildren().add(label);
    }
}
