package dev.enclaveconsole.protocol.eif;

import java.io.IOException;

/// An enclave image, or a ramdisk of one, that is not what its format demands. The message names the field.
public final class MalformedImageException extends IOException {
    private final String field;

    public MalformedImageException(String field, String problem) {
        super("%s: %s".formatted(field, problem));
        this.field = field;
    }

    /// What is wrong, e.g. `section_sizes[2]`, or the name of a ramdisk's entry.
    public String field() {
        return field;
    }
}
