package dev.enclaveconsole.sandbox.nitrocli;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JacksonException;
import dev.enclaveconsole.protocol.api.Json;
import dev.enclaveconsole.sandbox.enclave.LaunchSpec;
import dev.enclaveconsole.sandbox.enclave.NitroFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What `run-enclave` accepts, as options or as a configuration file.
///
/// @param attachConsole implies debug mode in a configuration file
record RunArguments(LaunchSpec spec, boolean attachConsole) {

    static final String GRAMMAR =
            "cpu-count= cpu-ids=* memory= eif-path= enclave-cid= debug-mode attach-console enclave-name= config=";

    private static final long PARENT_CID = 3;
    private static final long ANY_CID = 0xFFFF_FFFFL;

    static RunArguments of(Options options, Path folder, Terminal terminal) throws NitroFailure, UsageException {
        if (options.has("config")) {
            options.alone(Set.of("config"));
            return ofFile(folder.resolve(options.required("config")), folder);
        }
        options.oneOf("cpu-count", "cpu-ids");
        Path eif = folder.resolve(options.required("eif-path"));
        long memoryMib = memory(options.required("memory"));
        long cid = options.has("enclave-cid") ? cid(options.required("enclave-cid"), terminal) : 0;
        if (options.has("attach-console") && !options.has("debug-mode")) {
            throw new UsageException("The following required arguments were not provided:\n    --debug-mode");
        }
        return new RunArguments(
                new LaunchSpec(
                        eif,
                        memoryMib,
                        cpus(options),
                        cid,
                        options.has("debug-mode"),
                        options.text("enclave-name").orElse("")),
                options.has("attach-console"));
    }

    /// The configuration file; unknown keys are passed over.
    private record File(
            @JsonProperty("eif_path") @Nullable String eifPath,
            @JsonProperty("enclave_cid") @Nullable Long enclaveCid,
            @JsonProperty("memory_mib") @Nullable Long memoryMib,
            @JsonProperty("cpu_ids") @Nullable List<Integer> cpuIds,
            @JsonProperty("cpu_count") @Nullable Integer cpuCount,
            @JsonProperty("debug_mode") boolean debugMode,
            @JsonProperty("attach_console") boolean attachConsole,
            @JsonProperty("enclave_name") @Nullable String enclaveName) {}

    private static RunArguments ofFile(Path file, Path folder) throws NitroFailure {
        File json = read(file);
        if (json.eifPath() == null || json.memoryMib() == null) {
            throw new NitroFailure(17, "Invalid JSON format for config file: eif_path or memory_mib is missing");
        }
        LaunchSpec.Cpus cpus = cpus(json.cpuCount(), json.cpuIds());
        long cid = json.enclaveCid() == null ? 0 : checked(json.enclaveCid());
        String name = json.enclaveName() == null ? "" : json.enclaveName();
        boolean debug = json.debugMode() || json.attachConsole();
        return new RunArguments(
                new LaunchSpec(folder.resolve(json.eifPath()), json.memoryMib(), cpus, cid, debug, name),
                json.attachConsole());
    }

    private static File read(Path file) throws NitroFailure {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new NitroFailure(19, "Failed to open config file: " + e, file.toString(), "Open");
        }
        try {
            return Json.mapper().readValue(bytes, File.class);
        } catch (JacksonException e) {
            throw new NitroFailure(17, "Invalid JSON format for config file: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new NitroFailure(17, "Invalid JSON format for config file: " + e.getMessage());
        }
    }

    private static LaunchSpec.Cpus cpus(@Nullable Integer count, @Nullable List<Integer> ids) throws NitroFailure {
        if (count != null && ids != null) {
            throw new NitroFailure(2, "`cpu-count` and `cpu-ids` cannot be used together", "cpu-count", "cpu-ids");
        }
        if (count != null) {
            return new LaunchSpec.CpuCount(count);
        }
        if (ids != null) {
            return new LaunchSpec.CpuIds(ids);
        }
        throw new NitroFailure(1, "Missing both `cpu-count` and `cpu-ids`", "cpu-count");
    }

    private static LaunchSpec.Cpus cpus(Options options) throws NitroFailure, UsageException {
        if (options.has("cpu-count")) {
            return new LaunchSpec.CpuCount((int) Options.number("cpu-count", options.required("cpu-count")));
        }
        List<Integer> ids = new ArrayList<>();
        for (String id : options.list("cpu-ids")) {
            ids.add((int) Options.number("cpu-ids", id));
        }
        return new LaunchSpec.CpuIds(ids);
    }

    /// A number of mebibytes, or one followed by M, G or T.
    static long memory(String text) throws NitroFailure {
        int digits = 0;
        while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
            digits++;
        }
        long factor = switch (text.substring(digits).toLowerCase(Locale.ROOT)) {
            case "", "m" -> 1;
            case "g" -> 1024;
            case "t" -> 1024 * 1024;
            default -> throw new NitroFailure(3, "`memory` has no valid size indicator", "memory", text);
        };
        if (digits == 0 || digits > 12) {
            throw new NitroFailure(3, "`memory` does not contain a number", "memory", text);
        }
        return Long.parseLong(text.substring(0, digits)) * factor;
    }

    private static long cid(String text, Terminal terminal) throws NitroFailure {
        long cid = Options.number("enclave-cid", text);
        if (cid == 0) {
            terminal.printError("The enclave CID will be auto-generated as the provided CID is 0");
        }
        return checked(cid);
    }

    private static long checked(long cid) throws NitroFailure {
        if (cid < 0 || (cid > 0 && cid <= PARENT_CID) || cid >= ANY_CID) {
            throw new NitroFailure(
                    3, "CID " + cid + " is not to be used for enclaves", "enclave-cid", Long.toString(cid));
        }
        return cid;
    }
}
