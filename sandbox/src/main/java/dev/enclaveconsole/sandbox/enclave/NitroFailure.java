package dev.enclaveconsole.sandbox.enclave;

import java.util.List;

/// A failure with the number it has in `nitro-cli` 1.5.0: 26 is `E26`.
public final class NitroFailure extends Exception {

    private static final long serialVersionUID = 1;

    private final int code;
    private final transient List<String> details;

    /// @param reason what exactly went wrong, for the error log
    /// @param details values that the code's message names, in its order
    public NitroFailure(int code, String reason, String... details) {
        super(reason);
        this.code = code;
        this.details = List.of(details);
    }

    public int code() {
        return code;
    }

    public List<String> details() {
        return details;
    }
}
