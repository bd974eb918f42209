package dev.enclaveconsole.desktop.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclaveconsole.core.enclave.EnclaveInfo;
import dev.enclaveconsole.core.host.doctor.Severity;
import dev.enclaveconsole.core.settings.Preferences;
import dev.enclaveconsole.protocol.attestation.StepId;
import dev.enclaveconsole.protocol.attestation.VerdictStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Reads the windows' source: every key in it is in the bundle, and nothing else is.
final class TextsTest {
    private static final Path SOURCE = Path.of("src/main/java/dev/enclaveconsole/desktop");
    private static final Pattern LITERAL = Pattern.compile("\"([a-z][a-zA-Z0-9-]*(?:\\.[a-zA-Z0-9_-]+)+)\"");
    private static final Pattern ACTION =
            Pattern.compile("(?:Action\\.of|export|on)\\(\\s*(?:model,|workspace,)?\\s*\"([a-z.-]*[a-z])\"");
    private static final Pattern CODE = Pattern.compile(
            "(?:Problem\\.(?:failed|usage|refused)\\(\\s*|code\\(\\)\\.equals\\()\"([^\"]+)\"|getProperty\\(\"([^\"]+)\"");

    private final ResourceBundle bundle = ResourceBundle.getBundle(Texts.BUNDLE);

    @Test
    void everyKeyUsedExists() throws IOException {
        assertThat(bundle.keySet()).containsAll(used());
    }

    @Test
    void everyKeyPresentIsUsed() throws IOException {
        assertThat(used()).containsAll(bundle.keySet());
    }

    @Test
    void everyTextIsAPatternThatCanBeFilled() {
        for (String key : bundle.keySet()) {
            assertThat(new MessageFormat(bundle.getString(key), Locale.ROOT).format(new Object[] {1, 2, 3}))
                    .as(key)
                    .isNotBlank();
        }
    }

    private Set<String> used() throws IOException {
        Set<String> keys = new TreeSet<>();
        for (Path file : sources()) {
            String source = Files.readString(file);
            Set<String> notTexts = new TreeSet<>();
            matches(CODE, source).forEach(notTexts::add);
            matches(ACTION, source).forEach(id -> {
                notTexts.add(id);
                keys.add("action." + id + ".name");
                keys.add("action." + id + ".description");
            });
            matches(LITERAL, source)
                    .filter(k -> !notTexts.contains(k) || bundle.containsKey(k))
                    .filter(k -> !k.matches(".*\\.(json|csv|png|log|css|properties)|dev\\.enclaveconsole.*|java\\..*"))
                    .filter(k -> !k.equals("app.theme") && !k.equals("app.palette") && !k.equals("app.help"))
                    .filter(k -> !k.matches("overview\\.fact\\.[a-z]+"))
                    .forEach(keys::add);
        }
        keys.addAll(computed());
        return keys;
    }

    /// Keys that are put together at run time.
    private static List<String> computed() {
        Stream<String> pages = Stream.of("overview", "host", "enclave", "trust", "predict")
                .flatMap(p -> Stream.of(
                        "feature." + p + ".name",
                        "feature." + p + ".subtitle",
                        "action.go." + p + ".name",
                        "action.go." + p + ".description"));
        Stream<String> facts = Stream.of("tls", "proof", "latency")
                .flatMap(f -> Stream.of("overview.fact." + f + ".title", "overview.fact." + f + ".body"));
        Stream<String> standings = names(Standings.values()).flatMap(s -> Stream.of("chip." + s, "banner." + s));
        return Stream.of(
                        pages,
                        facts,
                        standings,
                        names(StepId.values()).map(s -> "trust.step." + s),
                        names(VerdictStep.Status.values()).map(s -> "trust.status." + s),
                        names(Severity.values()).map(s -> "doctor.severity." + s),
                        names(EnclaveInfo.State.values()).map(s -> "enclave.state." + s),
                        names(Preferences.Theme.values()).map(s -> "theme.task." + s),
                        Stream.of("HOST", "ENCLAVE", "PROOF", "PREDICT").map(s -> "overview.stage." + s))
                .flatMap(s -> s)
                .toList();
    }

    private enum Standings {
        NONE,
        TRUSTED,
        UNTRUSTED,
        REFUSED
    }

    private static Stream<String> names(Enum<?>[] values) {
        return Arrays.stream(values).map(Enum::name);
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCE)) {
            return files.filter(f -> f.toString().endsWith(".java"))
                    .filter(f -> !f.startsWith(SOURCE.resolve("cli")))
                    .filter(f -> !f.equals(SOURCE.resolve("Main.java")))
                    .toList();
        }
    }

    private static Stream<String> matches(Pattern pattern, String source) {
        return pattern.matcher(source).results().map(r -> firstGroup(r.group(1), r));
    }

    private static String firstGroup(String first, java.util.regex.MatchResult result) {
        return first == null && result.groupCount() > 1 ? result.group(2) : first;
    }
}
