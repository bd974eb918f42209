package dev.enclaveconsole.sandbox.nsm;

import java.security.SecureRandom;
import java.util.HexFormat;

/// What a parent host is known by.
///
/// @param instanceId `i-` and 17 hex digits; measured into PCR4
/// @param roleArn role of the instance; measured into PCR3
public record HostIdentity(String instanceId, String roleArn) {

    public static HostIdentity random() {
        byte[] bytes = new byte[9];
        new SecureRandom().nextBytes(bytes);
        String digits = HexFormat.of().formatHex(bytes).substring(1);
        return new HostIdentity("i-" + digits, "arn:aws:iam::000000000000:role/enclave-console-sandbox");
    }
}
