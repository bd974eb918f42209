package dev.enclaveconsole.protocol.attestation;

import dev.enclaveconsole.protocol.attestation.VerdictStep.Status;
import dev.enclaveconsole.protocol.attestation.VerdictStep.Value;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/// How results and their values are written.
final class Steps {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    static VerdictStep passed(StepId id, String detail, Value... values) {
        return new VerdictStep(id, Status.PASSED, detail, List.of(values));
    }

    static VerdictStep failed(StepId id, String detail, Value... values) {
        return new VerdictStep(id, Status.FAILED, detail, List.of(values));
    }

    static VerdictStep notChecked(StepId id, String detail, Value... values) {
        return new VerdictStep(id, Status.NOT_CHECKED, detail, List.of(values));
    }

    static Value value(String name, String value) {
        return new Value(name, value);
    }

    static Value value(String name, byte[] bytes) {
        return new Value(name, hex(bytes));
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    static String time(Instant instant) {
        return SECONDS.format(instant);
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Steps() {}
}
