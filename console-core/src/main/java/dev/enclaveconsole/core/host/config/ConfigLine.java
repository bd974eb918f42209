package dev.enclaveconsole.core.host.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One line of an ssh_config file.
///
/// @param keyword in lower case
/// @param arguments without quotes
/// @param rest everything behind the keyword as it stands, for commands
record ConfigLine(String keyword, List<String> arguments, String rest) {

    /// @return empty for comments and empty lines
    static Optional<ConfigLine> parse(String line) {
        String text = line.strip();
        if (text.isEmpty() || text.startsWith("#")) {
            return Optional.empty();
        }
        int end = 0;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end)) && text.charAt(end) != '=') {
            end++;
        }
        String rest = text.substring(end).strip();
        if (rest.startsWith("=")) {
            rest = rest.substring(1).strip();
        }
        return Optional.of(new ConfigLine(text.substring(0, end).toLowerCase(Locale.ROOT), split(rest), rest));
    }

    String first() {
        return arguments.isEmpty() ? "" : arguments.getFirst();
    }

    private static List<String> split(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        char quote = 0;
        boolean any = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
                any = true;
            } else if (Character.isWhitespace(c)) {
                if (any || !word.isEmpty()) {
                    words.add(word.toString());
                }
                word.setLength(0);
                any = false;
            } else if (c == '#' && word.isEmpty() && !any) {
                return words;
            } else {
                word.append(c);
            }
        }
        if (any || !word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }
}
