package dev.enclaveconsole.desktop.host;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import dev.enclaveconsole.core.host.HostKeyDecider;
import dev.enclaveconsole.desktop.ui.Ui;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.Region;

/// What a changed host key's dialog shows: both keys side by side, and a field to type into.
final class ChangedKeyBody {
    private static final int TYPED_CHARACTERS = 8;

    static Node of(HostKeyDecider.Change change, TextField typed) {
        typed.setId("replace-typed");
        typed.getStyleClass().addAll("mono", "first-focus");
        typed.setAccessibleText(text("hostkey.replace.type"));
        return Ui.column(
                12,
                Ui.paragraph(text("hostkey.replace.body"), "danger-text"),
                Ui.row(
                        24,
                        key(text("hostkey.replace.known"), change.known().getFirst()),
                        key(text("hostkey.replace.presented"), change.presented())),
                Ui.paragraph(change.known().getFirst().sha256(), "mono", "small"),
                Ui.paragraph(change.presented().sha256(), "mono", "small", "strong"),
                Ui.label(text("hostkey.replace.type"), "strong"),
                typed);
    }

    /// What has to be typed.
    static String lastCharacters(HostKeyDecider.Change change) {
        String fingerprint = change.presented().sha256();
        return fingerprint.substring(fingerprint.length() - TYPED_CHARACTERS);
    }

    private static Node key(String title, HostKeyDecider.Question key) {
        Label art = Ui.label(key.randomart().stripTrailing(), "mono", "randomart");
        art.setMinSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        art.setAccessibleText(text("hostkey.randomart"));
        return Ui.column(4, Ui.label(title, "strong"), Ui.label(key.keyType(), "muted"), art);
    }

    private ChangedKeyBody() {}
}
