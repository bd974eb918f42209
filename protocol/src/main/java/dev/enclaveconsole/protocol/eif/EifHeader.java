package dev.enclaveconsole.protocol.eif;

import java.util.List;

/// The header of an enclave image, checked against the file's length.
///
/// @param version 2 to 4
/// @param defaultMemoryBytes what the enclave gets if nobody says otherwise
/// @param sections in file order, not overlapping
/// @param statedCrc CRC-32 as the header states it, unsigned
public record EifHeader(
        int version,
        EifArchitecture architecture,
        long defaultMemoryBytes,
        long defaultCpus,
        List<EifSection> sections,
        long statedCrc) {
    public EifHeader {
        sections = List.copyOf(sections);
    }

    /// The sections of one type, in file order.
    public List<EifSection> sections(EifSectionType type) {
        return sections.stream().filter(s -> s.type() == type).toList();
    }
}
