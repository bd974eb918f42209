package dev.enclaveconsole.protocol.eif;

/// @param offset of the data, behind the section's header, in bytes from the start of the file
/// @param size of the data in bytes
public record EifSection(EifSectionType type, long offset, long size) {}
