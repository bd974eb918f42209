package dev.enclaveconsole.core.host.config;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Patterns with `*`, `?` and a leading `!`, as ssh_config(5) describes them under PATTERNS.
final class HostPattern {
    /// A list applies if one of it matches and none that is negated does.
    static boolean matchesAny(List<String> patterns, String name) {
        boolean matches = false;
        for (String pattern : patterns) {
            boolean negated = pattern.startsWith("!");
            if (matches(negated ? pattern.substring(1) : pattern, name)) {
                if (negated) {
                    return false;
                }
                matches = true;
            }
        }
        return matches;
    }

    static boolean isConcrete(String pattern) {
        return !pattern.matches(".*[*?!].*");
    }

    private static boolean matches(String pattern, String name) {
        StringBuilder regex = new StringBuilder();
        for (char c : pattern.toLowerCase(Locale.ROOT).toCharArray()) {
            switch (c) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return name.toLowerCase(Locale.ROOT).matches(regex.toString());
    }

    private HostPattern() {}
}
