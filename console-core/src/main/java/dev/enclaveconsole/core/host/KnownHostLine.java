package dev.enclaveconsole.core.host;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// One line of a known_hosts file (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT"): names, wildcards, negations, hashed names
/// and the markers `@revoked` and `@cert-authority`.
record KnownHostLine(List<String> patterns, HostKey key, Role role) {
    /// What the key of a line is good for.
    enum Role {
        /// It is the host's.
        HOST,
        /// It signs certificates of hosts.
        AUTHORITY,
        /// It must not be used, neither as a host's nor as an authority's.
        REVOKED
    }

    private static final Pattern SPACE = Pattern.compile("[ \\t]+");

    /// @return empty for comments and for lines that say nothing we understand
    static Optional<KnownHostLine> parse(String line) {
        String text = line.strip();
        if (text.isEmpty() || text.startsWith("#")) {
            return Optional.empty();
        }
        List<String> fields = List.of(SPACE.split(text));
        Role role = Role.HOST;
        if (fields.getFirst().startsWith("@")) {
            switch (fields.getFirst()) {
                case "@revoked" -> role = Role.REVOKED;
                case "@cert-authority" -> role = Role.AUTHORITY;
                default -> {
                    return Optional.empty();
                }
            }
            fields = fields.subList(1, fields.size());
        }
        if (fields.size() < 3 || !isBase64(fields.get(2))) {
            return Optional.empty();
        }
        HostKey key = new HostKey(fields.get(1), fields.get(2));
        return Optional.of(new KnownHostLine(List.of(fields.getFirst().split(",")), key, role));
    }

    /// @param name `host` for port 22, else `[host]:port`
    boolean appliesTo(String name) {
        boolean applies = false;
        for (String pattern : patterns) {
            boolean negated = pattern.startsWith("!");
            if (matches(negated ? pattern.substring(1) : pattern, name.toLowerCase(Locale.ROOT))) {
                if (negated) {
                    return false;
                }
                applies = true;
            }
        }
        return applies;
    }

    private static boolean matches(String pattern, String name) {
        return pattern.startsWith("|1|") ? matchesHash(pattern, name) : matchesWildcard(pattern, name);
    }

    private static boolean matchesHash(String pattern, String name) {
        List<String> parts = List.of(pattern.split("\\|"));
        if (parts.size() != 4 || !isBase64(parts.get(2)) || !isBase64(parts.get(3))) {
            return false;
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(parts.get(2)), "HmacSHA1"));
            byte[] expected = Base64.getDecoder().decode(parts.get(3));
            return MessageDigest.isEqual(expected, mac.doFinal(name.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean matchesWildcard(String pattern, String name) {
        StringBuilder regex = new StringBuilder();
        for (char c : pattern.toLowerCase(Locale.ROOT).toCharArray()) {
            switch (c) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return name.matches(regex.toString());
    }

    private static boolean isBase64(String text) {
        try {
            return Base64.getDecoder().decode(text).length > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
