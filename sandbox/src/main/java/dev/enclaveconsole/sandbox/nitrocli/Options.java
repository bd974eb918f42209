package dev.enclaveconsole.sandbox.nitrocli;

import dev.enclaveconsole.sandbox.enclave.NitroFailure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The options of one command, parsed by a grammar like `--eif-path= --cpu-ids=… --debug-mode`.
///
/// @param values by option name without dashes; a flag has no values
record Options(Map<String, List<String>> values) {

    private static final long LARGEST = 0xFFFF_FFFFL;

    /// @param grammar names separated by spaces: `name` a flag, `name=` one value, `name=*` one or more
    static Options parse(String grammar, List<String> arguments) throws UsageException {
        Map<String, String> kinds = new LinkedHashMap<>();
        for (String rule : List.of(grammar.split(" ", -1))) {
            int equals = rule.indexOf('=');
            kinds.put(equals < 0 ? rule : rule.substring(0, equals), equals < 0 ? "" : rule.substring(equals));
        }
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (int at = 0; at < arguments.size(); ) {
            String argument = arguments.get(at++);
            int equals = argument.indexOf('=');
            String name = argument.substring(
                    Math.min(2, argument.length()), equals < 0 ? argument.length() : Math.max(equals, 2));
            String kind = kinds.get(name);
            if (!argument.startsWith("--") || kind == null) {
                throw new UsageException(
                        "Found argument '" + argument + "' which wasn't expected, or isn't valid in this context");
            }
            List<String> given = new ArrayList<>();
            if (equals >= 0 && !kind.isEmpty()) {
                given.add(argument.substring(equals + 1));
            }
            while (!kind.isEmpty()
                    && at < arguments.size()
                    && !arguments.get(at).startsWith("--")
                    && (given.isEmpty() || kind.equals("=*"))) {
                given.add(arguments.get(at++));
            }
            if (!kind.isEmpty() && given.isEmpty()) {
                throw new UsageException(
                        "The argument '--" + name + " <" + name + ">' requires a value but none was supplied");
            }
            if (values.put(name, given) != null) {
                throw new UsageException(
                        "The argument '--" + name + "' was provided more than once, but cannot be used multiple times");
            }
        }
        return new Options(values);
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).map(given -> String.join(",", given));
    }

    List<String> list(String name) {
        return values.getOrDefault(name, List.of());
    }

    String required(String name) throws UsageException {
        return text(name)
                .orElseThrow(() -> new UsageException(
                        "The following required arguments were not provided:\n    --" + name + " <" + name + ">"));
    }

    /// Exactly one of the options must be there.
    void oneOf(String... names) throws UsageException {
        List<String> given = Arrays.stream(names).filter(this::has).toList();
        if (given.isEmpty()) {
            throw new UsageException(
                    "The following required arguments were not provided:\n    <--" + String.join("|--", names) + ">");
        }
        if (given.size() > 1) {
            throw new UsageException(
                    "The argument '--" + given.getFirst() + "' cannot be used with '--" + given.get(1) + "'");
        }
    }

    void alone(Set<String> alone) throws UsageException {
        for (String name : alone) {
            if (has(name) && values.size() > 1) {
                throw new UsageException("The argument '--" + name
                        + "' cannot be used with one or more of the other specified arguments");
            }
        }
    }

    static long number(String name, String text) throws NitroFailure {
        try {
            long number = Long.parseLong(text);
            if (number >= 0 && number <= LARGEST) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Said below.
        }
        throw new NitroFailure(3, "`" + name + "` is not a number", name, text);
    }
}
