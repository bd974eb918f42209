package dev.enclaveconsole.sandbox.enclave;

import java.nio.file.Path;
import java.util.List;

/// What `run-enclave` was asked for, after its arguments were understood.
///
/// @param cpus the CPUs asked for by id, or how many
/// @param cid 0 to have one chosen
/// @param name empty to take it from the image's file name
public record LaunchSpec(Path eif, long memoryMib, Cpus cpus, long cid, boolean debug, String name) {

    public sealed interface Cpus {}

    public record CpuCount(int count) implements Cpus {}

    public record CpuIds(List<Integer> ids) implements Cpus {
        public CpuIds {
            ids = List.copyOf(ids);
        }
    }
}
