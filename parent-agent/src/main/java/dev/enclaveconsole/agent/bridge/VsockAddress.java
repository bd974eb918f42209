package dev.enclaveconsole.agent.bridge;

/// Where an enclave listens: its context id on the parent host and a port. Both are unsigned 32-bit numbers.
///
/// Context ids 0 to 3 are the hypervisor, loopback, the host and the parent itself; no enclave has one of them, so they
/// are refused.
public record VsockAddress(long cid, long port) {

    private static final long FIRST_ENCLAVE_CID = 4;
    private static final long ANY = 0xFFFF_FFFFL;

    public VsockAddress {
        if (cid < FIRST_ENCLAVE_CID || cid >= ANY) {
            throw new IllegalArgumentException("CID " + cid + " is no enclave's (4 to 4294967294)");
        }
        if (port < 0 || port >= ANY) {
            throw new IllegalArgumentException("port " + port + " is outside 0 to 4294967294");
        }
    }

    /// @throws IllegalArgumentException when either is no number in its range
    public static VsockAddress parse(String cid, String port) {
        return new VsockAddress(number("CID", cid), number("port", port));
    }

    /// File name of the Unix socket that stands for this address on the sandbox host.
    public String socketName() {
        return cid + "_" + port + ".sock";
    }

    @Override
    public String toString() {
        return cid + ":" + port;
    }

    private static long number(String what, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(what + " '" + text + "' is not a number", e);
        }
    }
}
