package dev.enclaveconsole.desktop.trust;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import dev.enclaveconsole.desktop.ui.Ui;
import dev.enclaveconsole.protocol.attestation.Verdict;
import java.util.Objects;
import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The verdict in one strip across the page: what it is and why.
public final class VerdictBanner {

    /// Follows the live enclave.
    public static Node live(TrustViewModel model) {
        HBox strip = Ui.row(12);
        strip.setId("verdict-banner");
        model.standing().subscribe(standing -> {
            var attestation = model.workspace().attestationProperty().get();
            fill(strip, standing, attestation == null ? null : attestation.verdict());
        });
        model.workspace().attestationProperty().subscribe(attestation -> {
            fill(strip, model.standing().getValue(), attestation == null ? null : attestation.verdict());
        });
        return strip;
    }

    static Node of(ShownVerdict shown) {
        HBox strip = Ui.row(12);
        Standing standing = Standing.of(shown.verdict(), false);
        fill(strip, standing == Standing.REFUSED ? Standing.UNTRUSTED : standing, shown.verdict());
        return strip;
    }

    private static void fill(HBox strip, Standing standing, @Nullable Verdict verdict) {
        String title = text("banner." + standing.name());
        String reason = standing == Standing.NONE
                ? text("banner.none.reason")
                : Objects.requireNonNull(verdict).reason();
        VBox words = Ui.column(1, Ui.label(title, "banner-title"), Ui.paragraph(reason, "banner-reason"));
        strip.setVisible(standing != Standing.NONE);
        strip.setManaged(standing != Standing.NONE);
        strip.getStyleClass().setAll("verdict-banner", "banner-" + standing.tone());
        strip.getChildren().setAll(Ui.icon(standing.icon(), "banner-icon"), Ui.grow(words));
        strip.setAccessibleText(title + ". " + reason);
    }

    private VerdictBanner() {}
}
