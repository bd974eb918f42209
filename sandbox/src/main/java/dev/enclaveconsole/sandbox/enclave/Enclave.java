package dev.enclaveconsole.sandbox.enclave;

import dev.enclaveconsole.protocol.eif.EifMetadata;
import dev.enclaveconsole.protocol.eif.Measurements;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An enclave that was started, as `describe-enclaves` tells of it.
///
/// @param id `i-…-enc…`
/// @param measurements of its image file, also in debug mode
/// @param processId of the process that holds it
public record Enclave(
        String id,
        String name,
        long cid,
        List<Integer> cpuIds,
        long memoryMib,
        boolean debug,
        Measurements measurements,
        @Nullable EifMetadata imageMetadata,
        long processId,
        ConsoleLog console) {

    public Enclave {
        cpuIds = List.copyOf(cpuIds);
    }

    public Optional<EifMetadata> metadata() {
        return Optional.ofNullable(imageMetadata);
    }
}
