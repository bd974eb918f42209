package dev.enclaveconsole.desktop.cli;

/// Makes text safe for a terminal. File names, an enclave's messages and what a host prints may hold escape sequences
/// that move the cursor or forge a line; control characters are shown as `\\u001b` instead.
final class Printable {

    /// For text that stays on one line.
    static String line(String text) {
        return escape(text, false);
    }

    /// For text of several lines that the console itself has laid out.
    static String lines(String text) {
        return escape(text, true);
    }

    /// For a message: lines after its first are indented, so that none can pass for the console's own.
    static String indented(String text) {
        return escape(text.strip(), true).replace("\n", "\n  ");
    }

    private static String escape(String text, boolean keepLines) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            boolean wanted = c == '\t' || (keepLines && (c == '\n' || c == '\r'));
            if (wanted || (!Character.isISOControl(c) && Character.getType(c) != Character.FORMAT)) {
                safe.appendCodePoint(c);
            } else {
                safe.append("\\u%04x".formatted(c));
            }
        });
        return safe.toString();
    }

    private Printable() {}
}
