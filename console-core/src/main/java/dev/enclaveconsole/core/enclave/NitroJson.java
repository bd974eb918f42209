package dev.enclaveconsole.core.enclave;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import dev.enclaveconsole.protocol.api.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads nitro-cli's JSON tolerantly: lines before it are skipped; a sequence of values, each an object or an array of
/// objects; unknown keys are ignored, missing ones have defaults.
final class NitroJson {
    private static final Pattern START = Pattern.compile("(?m)^\\s*[\\[{]");
    private static final Pattern PCR = Pattern.compile("PCR(\\d{1,2})");

    static List<JsonNode> objects(String stdout) throws IOException {
        Matcher start = START.matcher(stdout);
        List<JsonNode> objects = new ArrayList<>();
        if (!start.find()) {
            return objects;
        }
        try (MappingIterator<JsonNode> values =
                Json.mapper().readerFor(JsonNode.class).readValues(stdout.substring(start.start()))) {
            while (values.hasNext()) {
                JsonNode value = values.next();
                if (value.isArray()) {
                    value.forEach(objects::add);
                } else {
                    objects.add(value);
                }
            }
        } catch (RuntimeException e) {
            throw new IOException(e.getMessage(), e);
        }
        objects.removeIf(value -> !value.isObject());
        return objects;
    }

    static EnclaveInfo enclave(JsonNode json) {
        String id = json.path("EnclaveID").asText("");
        List<Integer> cpuIds = new ArrayList<>();
        json.path("CPUIDs").forEach(cpu -> cpuIds.add(cpu.asInt()));
        return new EnclaveInfo(
                id,
                json.path("EnclaveName").asText(id),
                json.path("EnclaveCID").asInt(),
                json.path("NumberOfCPUs").asInt(cpuIds.size()),
                List.copyOf(cpuIds),
                json.path("MemoryMiB").asLong(),
                state(json.path("State").asText("RUNNING")),
                json.path("Flags").asText("").contains("DEBUG_MODE"),
                pcrs(json.path("Measurements")));
    }

    /// `PCR0`… of a Measurements object.
    static Map<Integer, String> pcrs(JsonNode measurements) {
        Map<Integer, String> pcrs = new TreeMap<>();
        measurements.properties().forEach(field -> {
            Matcher name = PCR.matcher(field.getKey());
            if (name.matches()) {
                pcrs.put(
                        Integer.valueOf(name.group(1)),
                        field.getValue().asText().toLowerCase(Locale.ROOT));
            }
        });
        return pcrs;
    }

    private static EnclaveInfo.State state(String text) {
        return switch (text) {
            case "TERMINATING" -> EnclaveInfo.State.TERMINATING;
            case "EMPTY" -> EnclaveInfo.State.EMPTY;
            default -> EnclaveInfo.State.RUNNING;
        };
    }

    private NitroJson() {}
}
