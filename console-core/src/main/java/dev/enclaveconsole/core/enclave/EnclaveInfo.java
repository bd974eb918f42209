package dev.enclaveconsole.core.enclave;

import java.util.List;
import java.util.Map;

/// An enclave as `nitro-cli describe-enclaves` tells of it: claims of the parent, proven by nobody.
///
/// @param pcrs of the image file, index to lower-case hex; empty if nitro-cli does not tell
public record EnclaveInfo(
        String id,
        String name,
        int cid,
        int cpuCount,
        List<Integer> cpuIds,
        long memoryMib,
        State state,
        boolean debug,
        Map<Integer, String> pcrs) {

    public enum State {
        RUNNING,
        TERMINATING,
        EMPTY
    }
}
