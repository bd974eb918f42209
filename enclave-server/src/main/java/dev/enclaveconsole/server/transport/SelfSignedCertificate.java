package dev.enclaveconsole.server.transport;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.Signature;

/// Writes an X.509 v3 certificate (RFC 5280) for an EC key, signed by itself with ecdsa-with-SHA256, without an end
/// date.
final class SelfSignedCertificate {
    private static final byte[] ECDSA_WITH_SHA256 = oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02);
    private static final byte[] COMMON_NAME = oid(0x55, 0x04, 0x03);
    private static final byte[] SUBJECT_ALT_NAME = oid(0x55, 0x1d, 0x11);

    private SelfSignedCertificate() {}

    static byte[] der(KeyPair pair, String name) throws GeneralSecurityException {
        byte[] algorithm = tlv(0x30, ECDSA_WITH_SHA256);
        byte[] ascii = name.getBytes(StandardCharsets.US_ASCII);
        byte[] subject = tlv(0x30, tlv(0x31, tlv(0x30, COMMON_NAME, tlv(0x0c, ascii))));
        byte[] validity = tlv(0x30, time("20200101000000Z"), time("99991231235959Z"));
        byte[] altNames = tlv(0x30, tlv(0x30, SUBJECT_ALT_NAME, tlv(0x04, tlv(0x30, tlv(0x82, ascii)))));
        byte[] body = tlv(
                0x30,
                tlv(0xa0, tlv(0x02, new byte[] {2})),
                tlv(0x02, serial()),
                algorithm,
                subject,
                validity,
                subject,
                pair.getPublic().getEncoded(),
                tlv(0xa3, altNames));
        Signature signer = Signature.getInstance("SHA256withECDSA");
        signer.initSign(pair.getPrivate());
        signer.update(body);
        return tlv(0x30, body, algorithm, tlv(0x03, new byte[] {0}, signer.sign()));
    }

    private static byte[] serial() {
        byte[] serial = new byte[16];
        new SecureRandom().nextBytes(serial);
        serial[0] = (byte) ((serial[0] & 0x7f) | 0x40);
        return serial;
    }

    private static byte[] time(String text) {
        return tlv(0x18, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] oid(int... encoded) {
        byte[] bytes = new byte[encoded.length];
        for (int i = 0; i < encoded.length; i++) {
            bytes[i] = (byte) encoded[i];
        }
        return tlv(0x06, bytes);
    }

    private static byte[] tlv(int tag, byte[]... parts) {
        var content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        var out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.size();
        if (length < 0x80) {
            out.write(length);
        } else if (length < 0x100) {
            out.write(0x81);
            out.write(length);
        } else {
            out.write(0x82);
            out.write(length >> 8);
            out.write(length);
        }
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }
}
