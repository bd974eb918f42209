package dev.enclaveconsole.protocol.eif;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The digests behind PCR0, PCR1 and PCR2, fed together. PCR0 covers kernel, command line and all ramdisks,
/// PCR1 kernel, command line and the first ramdisk, PCR2 the other ramdisks; each is SHA384(0^48 ‖
/// SHA384(data)).
final class ImageDigests {
    private static final int PCR_BYTES = 48;
    private static final int BUFFER_BYTES = 64 * 1024;

    private final MessageDigest whole = sha384();
    private final MessageDigest boot = sha384();
    private final MessageDigest application = sha384();
    private int ramdisks;

    /// Where bytes go besides into the digests.
    interface Sink {
        void accept(byte[] buffer, int length) throws IOException;
    }

    /// Measures one section, in file order.
    ///
    /// @return its size in bytes
    long add(EifSectionType type, InputStream data, Sink sink) throws IOException {
        MessageDigest part = type == EifSectionType.RAMDISK && ramdisks++ > 0 ? application : boot;
        byte[] buffer = new byte[BUFFER_BYTES];
        long size = 0;
        for (int n = data.read(buffer); n >= 0; n = data.read(buffer)) {
            whole.update(buffer, 0, n);
            part.update(buffer, 0, n);
            sink.accept(buffer, n);
            size += n;
        }
        return size;
    }

    /// @param signerDer the signing certificate of a signed image
    Measurements result(Optional<byte[]> signerDer) {
        Map<Integer, String> pcrs = new TreeMap<>();
        pcrs.put(0, extended(whole.digest()));
        pcrs.put(1, extended(boot.digest()));
        pcrs.put(2, extended(application.digest()));
        signerDer.ifPresent(der -> pcrs.put(8, extended(sha384().digest(der))));
        return new Measurements(pcrs);
    }

    private static String extended(byte[] digest) {
        MessageDigest register = sha384();
        register.update(new byte[PCR_BYTES]);
        return HexFormat.of().formatHex(register.digest(digest));
    }

    private static MessageDigest sha384() {
        try {
            return MessageDigest.getInstance("SHA-384");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
