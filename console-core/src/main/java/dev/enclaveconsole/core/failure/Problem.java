package dev.enclaveconsole.core.failure;

/// A failure in the user's world. `what` names the thing that failed, `why` the cause as far as known (may be empty),
/// `remedy` what to do now. None of them ever holds a secret or a stack trace.
///
/// @param code short and stable, e.g. `host.key-changed`, `nitro.E26`, `enclave.NOT_AN_IMAGE`
public record Problem(Kind kind, String code, String what, String why, String remedy) {

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

    /// What, why and remedy as one line.
    public String sentence() {
        return (what + " " + why + " " + remedy).replaceAll("\\s+", " ").strip();
    }
}
