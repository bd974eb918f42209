package dev.enclaveconsole.core.enclave;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.host.CommandResult;
import dev.enclaveconsole.core.host.RemoteShell;
import dev.enclaveconsole.core.operation.OperationContext;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// Reads what a parent host has set aside for enclaves from its `/sys`, and an image's size, with one command.
final class ResourceReader {
    private static final String SCRIPT = """
            root=${ENCLAVE_CONSOLE_HOST_ROOT:-}
            for pool in "$root"/sys/devices/system/node/node*/hugepages/hugepages-*kB; do
              [ -r "$pool/nr_hugepages" ] || continue
              node=${pool%/hugepages/*}
              size=${pool##*/hugepages-}
              echo "pages ${node##*/node} ${size%kB} $(cat "$pool/nr_hugepages") $(cat "$pool/free_hugepages")"
            done
            echo "pool $(cat "$root/sys/module/nitro_enclaves/parameters/ne_cpus" 2>/dev/null)"
            echo "siblings $(cat "$root/sys/devices/system/cpu/cpu0/topology/thread_siblings_list" 2>/dev/null)"
            if [ -n "$1" ]; then echo "image $(stat -L -c %s -- "$1" 2>/dev/null)"; fi
            """;

    private final RemoteShell shell;

    ResourceReader(RemoteShell shell) {
        this.shell = shell;
    }

    /// @param usedCpus held by enclaves that run
    /// @throws ConsoleException `launch.resources-unreadable`
    LaunchFacts read(String imagePath, List<Integer> usedCpus, OperationContext context) throws ConsoleException {
        CommandResult result = shell.run(List.of("sh", "-c", SCRIPT, "sh", imagePath), context);
        try {
            return parse(result.stdout(), usedCpus);
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new ConsoleException(
                    Problem.failed(
                            "launch.resources-unreadable",
                            "What the host has set aside for enclaves cannot be read.",
                            String.valueOf(e.getMessage()),
                            "Look at /sys/devices/system/node and /sys/module/nitro_enclaves there."),
                    e);
        }
    }

    private static LaunchFacts parse(String output, List<Integer> usedCpus) {
        List<PagePool> pages = new ArrayList<>();
        List<Integer> cpuPool = List.of();
        int threads = 1;
        OptionalLong imageBytes = OptionalLong.empty();
        for (String line : output.lines().toList()) {
            List<String> word = List.of(line.strip().split("\\s+"));
            String value = word.size() > 1 ? word.get(1) : "";
            switch (word.getFirst()) {
                case "pages" ->
                    pages.add(new PagePool(
                            Integer.parseInt(value),
                            Long.parseLong(word.get(2)),
                            Long.parseLong(word.get(3)),
                            Long.parseLong(word.get(4))));
                case "pool" -> cpuPool = CpuList.parse(value);
                case "siblings" -> threads = Math.max(1, CpuList.parse(value).size());
                case "image" ->
                    imageBytes = value.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(value));
                default -> {}
            }
        }
        return new LaunchFacts(new HostResources(pages, cpuPool, usedCpus, threads), imageBytes);
    }
}
