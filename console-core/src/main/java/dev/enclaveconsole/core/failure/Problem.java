package dev.enclaveconsole.core.failure;

/// A failure in the user's world. `what` names the thing that failed, `why` the cause as far as known (may be empty),
/// `remedy` what to do now. None of them ever holds a secret or a stack trace.
///
/// @param code short and stable, e.g. `host.key-changed`, `nitro.E26`, `enclave.NOT_AN_IMAGE`
/// @param details text for whoever wants to look deeper, such as an error log of the host; mostly empty
public record Problem(Kind kind, String code, String what, String why, String remedy, String details) {

    public Problem(Kind kind, String code, String what, String why, String remedy) {
        this(kind, code, what, why, remedy, "");
    }

    /// Decides the CLI's exit code: 1, 2 or 3.
    public enum Kind {
        FAILED(1),
        USAGE(2),
        REFUSED(3);

        private final int exitCode;

        Kind(int exitCode) {
            this.exitCode = exitCode;
        }

        public int exitCode() {
            return exitCode;
        }
    }

    public static Problem failed(String code, String what, String why, String remedy) {
        return new Problem(Kind.FAILED, code, what, why, remedy);
    }

    public static Problem usage(String code, String what, String why, String remedy) {
        return new Problem(Kind.USAGE, code, what, why, remedy);
    }

    public static Problem refused(String code, String what, String why, String remedy) {
        return new Problem(Kind.REFUSED, code, what, why, remedy);
    }

    public Problem withDetails(String text) {
        return new Problem(kind, code, what, why, remedy, text);
    }

    /// What, why and remedy as one line.
    public String sentence() {
        return (what + " " + why + " " + remedy).replaceAll("\\s+", " ").strip();
    }
}
