package dev.enclaveconsole.protocol.eif;

/// What a ramdisk may hold before it is refused.
///
/// @param totalBytes of all files together
public record CpioLimits(long entries, long totalBytes) {
    public static final CpioLimits DEFAULT = new CpioLimits(500_000, 32L * 1024 * 1024 * 1024);
}
