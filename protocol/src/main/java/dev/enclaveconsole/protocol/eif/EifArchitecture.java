package dev.enclaveconsole.protocol.eif;

/// Bit 0 of the header's flags.
public enum EifArchitecture {
    X86_64(0),
    AARCH64(1);

    private final int flag;

    EifArchitecture(int flag) {
        this.flag = flag;
    }

    int flag() {
        return flag;
    }

    static EifArchitecture of(int flags) {
        return (flags & 1) == 0 ? X86_64 : AARCH64;
    }
}
