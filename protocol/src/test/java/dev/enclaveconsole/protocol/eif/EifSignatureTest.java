package dev.enclaveconsole.protocol.eif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.enclaveconsole.protocol.attestation.Cbor;
import dev.enclaveconsole.protocol.attestation.CborFields;
import dev.enclaveconsole.protocol.attestation.CborValue;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;

class EifSignatureTest {

    @Test
    void readsCertificateWrittenAsArrayOfNumbers() throws Exception {
        X509Certificate certificate = certificate();
        byte[] pem = pem(certificate);

        EifSignature asNumbers = EifSignature.decode(section(numbers(pem)));
        EifSignature asBytes = EifSignature.decode(section(new CborValue.Bytes(pem)));

        assertThat(asNumbers.certificate()).isEqualTo(certificate);
        assertThat(asBytes.certificate()).isEqualTo(certificate);
    }

    @Test
    void signerBecomesPcr8() throws Exception {
        var digests = new ImageDigests();
        digests.add(EifSectionType.KERNEL, InputStream.nullInputStream(), (buffer, length) -> {});

        Measurements signed = digests.result(Optional.of(certificate().getEncoded()));

        assertThat(signed.pcrs()).containsOnlyKeys(0, 1, 2, 8);
        assertThat(signed.pcrs().get(8)).hasSize(96);
    }

    @Test
    void refusesSectionThatIsNoSignature() throws IOException {
        for (byte[] section : List.of(
                new byte[0], new byte[] {(byte) 0x80}, section(new CborValue.Bytes(new byte[5])), new byte[9])) {
            assertThatThrownBy(() -> EifSignature.decode(section))
                    .isInstanceOfSatisfying(
                            MalformedImageException.class,
                            e -> assertThat(e.field()).isEqualTo("signature"));
        }
    }

    private static byte[] section(CborValue certificate) {
        return Cbor.encode(new CborValue.Array(List.of(CborFields.write(
                Map.of("signing_certificate", certificate, "signature", new CborValue.Bytes(new byte[] {1}))))));
    }

    private static CborValue numbers(byte[] bytes) {
        List<CborValue> items = new ArrayList<>();
        for (byte b : bytes) {
            items.add(new CborValue.Int(b & 0xff));
        }
        return new CborValue.Array(items);
    }

    private static byte[] pem(X509Certificate certificate) throws Exception {
        String base64 = Base64.getMimeEncoder().encodeToString(certificate.getEncoded());
        return "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
                .formatted(base64)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static X509Certificate certificate() throws Exception {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(384);
        var keys = generator.generateKeyPair();
        var name = new X500Name("CN=signer");
        var builder = new JcaX509v3CertificateBuilder(
                name,
                BigInteger.ONE,
                Date.from(Instant.parse("2026-01-01T00:00:00Z")),
                Date.from(Instant.parse("2027-01-01T00:00:00Z")),
                name,
                keys.getPublic());
        var signer = new JcaContentSignerBuilder("SHA384withECDSA").build(keys.getPrivate());
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }
}
