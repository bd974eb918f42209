package dev.enclaveconsole.sandbox.nsm;

import dev.enclaveconsole.protocol.eif.Measurements;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The platform configuration registers of one enclave: 32 of 48 bytes; 0 to 15 are locked from the start.
final class Registers {

    static final int COUNT = 32;
    private static final int FIXED = 16;
    private static final int BYTES = 48;

    private final byte[][] values = new byte[COUNT][BYTES];
    private final boolean[] locked = new boolean[COUNT];
    private final boolean[] touched = new boolean[COUNT];

    /// @param image what the image measures; all its registers stay zero in debug mode
    /// @param role ARN of the instance's role, PCR3
    /// @param instanceId PCR4
    Registers(Measurements image, boolean debug, String role, String instanceId) throws GeneralSecurityException {
        if (!debug) {
            image.pcrs().forEach((index, hex) -> values[index] = HexFormat.of().parseHex(hex));
        }
        values[3] = extended(new byte[BYTES], role.getBytes(StandardCharsets.US_ASCII));
        values[4] = extended(new byte[BYTES], instanceId.getBytes(StandardCharsets.US_ASCII));
        for (int index = 0; index < FIXED; index++) {
            locked[index] = true;
        }
    }

    byte[] value(int index) {
        return values[index].clone();
    }

    boolean isLocked(int index) {
        return locked[index];
    }

    List<Integer> lockedOnes() {
        List<Integer> indices = new ArrayList<>();
        for (int index = 0; index < COUNT; index++) {
            if (locked[index]) {
                indices.add(index);
            }
        }
        return indices;
    }

    /// The new value, or nothing when the register is locked.
    Optional<byte[]> extend(int index, byte[] data) throws GeneralSecurityException {
        if (locked[index]) {
            return Optional.empty();
        }
        values[index] = extended(values[index], data);
        touched[index] = true;
        return Optional.of(value(index));
    }

    void lock(int index) {
        locked[index] = true;
        touched[index] = true;
    }

    /// As in a document: 0 to 15 always, later ones once they were extended or locked.
    Map<Integer, byte[]> shown() {
        Map<Integer, byte[]> shown = new TreeMap<>();
        for (int index = 0; index < COUNT; index++) {
            if (index < FIXED || touched[index]) {
                shown.put(index, value(index));
            }
        }
        return shown;
    }

    private static byte[] extended(byte[] old, byte[] data) throws GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("SHA-384");
        digest.update(old);
        return digest.digest(data);
    }
}
