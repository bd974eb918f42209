package dev.enclaveconsole.desktop.ui;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/// The words of the windows, from `messages.properties`. Values are [MessageFormat] patterns.
public final class Texts {
    public static final String BUNDLE = "dev.enclaveconsole.desktop.messages";
    private static final ResourceBundle MESSAGES = ResourceBundle.getBundle(BUNDLE);

    /// The text of `key` with its placeholders filled in.
    ///
    /// @throws java.util.MissingResourceException if the bundle lacks the key
    public static String text(String key, Object... arguments) {
        return new MessageFormat(MESSAGES.getString(key), Locale.getDefault()).format(arguments);
    }

    private Texts() {}
}
