package dev.enclaveconsole.core.enclave;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the enclave driver's own errors (`NE_ERR_…`, 256 to 275, linux/nitro_enclaves.h) mean; they stand in the log
/// behind E29 to E33.
final class DriverErrors {
    private static final int FIRST = 256;
    private static final Pattern NAME = Pattern.compile("NE_ERR_([A-Z_]+)");
    private static final Pattern NUMBER = Pattern.compile("(?:os error|errno|code)\\D{0,4}(2[5-7]\\d)");

    private record Meaning(String name, String text) {}

    private static final List<Meaning> TABLE = List.of(
            new Meaning("VCPU_ALREADY_USED", "the CPU is already used by an enclave"),
            new Meaning("VCPU_NOT_IN_CPU_POOL", "the CPU is not in the pool"),
            new Meaning("VCPU_INVALID_CPU_CORE", "the CPU's core is not valid"),
            new Meaning("INVALID_MEM_REGION_SIZE", "a piece of memory has a size that is not valid"),
            new Meaning("INVALID_MEM_REGION_ADDR", "a piece of memory has an address that is not valid"),
            new Meaning("UNALIGNED_MEM_REGION_ADDR", "a piece of memory is not aligned"),
            new Meaning("MEM_REGION_ALREADY_USED", "a piece of memory is already used by an enclave"),
            new Meaning("MEM_NOT_HUGE_PAGE", "a piece of memory is no huge page"),
            new Meaning("MEM_DIFFERENT_NUMA_NODE", "memory and CPUs lie in different NUMA nodes"),
            new Meaning("MEM_MAX_REGIONS", "the memory is in too many pieces; set aside larger pages"),
            new Meaning("NO_MEM_REGIONS_ADDED", "the enclave got no memory"),
            new Meaning("NO_VCPUS_ADDED", "the enclave got no CPU"),
            new Meaning("ENCLAVE_MEM_MIN_SIZE", "the enclave got less than 64 MiB"),
            new Meaning("FULL_CORES_NOT_USED", "the CPUs are no whole cores"),
            new Meaning("NOT_IN_INIT_STATE", "the enclave is already started or broken"),
            new Meaning("INVALID_VCPU", "the CPU's number is out of range"),
            new Meaning("NO_CPUS_AVAIL_IN_POOL", "no CPU of the pool is free"),
            new Meaning("INVALID_PAGE_SIZE", "the size of the memory's pages is not valid"),
            new Meaning("INVALID_FLAG_VALUE", "a flag is not valid"),
            new Meaning("INVALID_ENCLAVE_CID", "the CID is not valid or in use"));

    /// The first driver error that a text names, as a sentence.
    static Optional<String> explain(String text) {
        Matcher name = NAME.matcher(text);
        if (name.find()) {
            String found = name.group(1);
            return TABLE.stream()
                    .filter(meaning -> meaning.name().equals(found))
                    .findFirst()
                    .map(DriverErrors::sentence);
        }
        Matcher number = NUMBER.matcher(text.toLowerCase(Locale.ROOT));
        if (number.find()) {
            int index = Integer.parseInt(number.group(1)) - FIRST;
            return index < 0 || index >= TABLE.size() ? Optional.empty() : Optional.of(sentence(TABLE.get(index)));
        }
        return Optional.empty();
    }

    private static String sentence(Meaning meaning) {
        return "The driver says: " + meaning.text() + " (NE_ERR_" + meaning.name() + ").";
    }

    private DriverErrors() {}
}
