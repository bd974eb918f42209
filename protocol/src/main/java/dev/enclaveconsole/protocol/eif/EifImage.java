package dev.enclaveconsole.protocol.eif;

import java.util.List;

/// What an enclave image is made of.
///
/// @param cmdline the kernel's command line, ASCII
/// @param ramdisks first the boot ramdisk, then those of the application; at least one
public record EifImage(
        EifArchitecture architecture,
        EifSource kernel,
        String cmdline,
        EifMetadata metadata,
        List<EifSource> ramdisks) {
    /// Kernel, command line, metadata and a signature take the other four places.
    private static final int MAX_RAMDISKS = EifFormat.MAX_SECTIONS - 4;

    public EifImage {
        ramdisks = List.copyOf(ramdisks);
        if (ramdisks.isEmpty() || ramdisks.size() > MAX_RAMDISKS) {
            throw new IllegalArgumentException("An image has 1 to %d ramdisks.".formatted(MAX_RAMDISKS));
        }
    }
}
