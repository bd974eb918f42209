package dev.enclaveconsole.sandbox.nsm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclaveconsole.protocol.attestation.AttestationDocument;
import dev.enclaveconsole.protocol.attestation.AttestationVerifier;
import dev.enclaveconsole.protocol.attestation.CoseSign1;
import dev.enclaveconsole.protocol.attestation.Expectations;
import dev.enclaveconsole.protocol.attestation.NsmRequest;
import dev.enclaveconsole.protocol.attestation.NsmResponse;
import dev.enclaveconsole.protocol.attestation.StepId;
import dev.enclaveconsole.protocol.attestation.Verdict;
import dev.enclaveconsole.protocol.attestation.VerdictStep;
import dev.enclaveconsole.protocol.eif.Measurements;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The sandbox's module as the product's own verifier sees it.
class SandboxNsmTest {

    private static final String MODULE = "i-0123456789abcdef0-enc0123456789abcde";
    private static final byte[] NONCE = {1, 2, 3, 4, 5, 6, 7, 8};
    private static final Map<Integer, String> PCRS = Map.of(0, "0a".repeat(48), 1, "1b".repeat(48), 2, "2c".repeat(48));
    private static final HostIdentity HOST = HostIdentity.random();

    @Test
    void documentIsGenuineInEverythingButItsRoot() throws Exception {
        Verdict verdict = verify(attest(nsm(false, Instant.now())));
        for (StepId step : List.of(
                StepId.DECODE,
                StepId.SIZES,
                StepId.CHAIN,
                StepId.DATES,
                StepId.SIGNATURE,
                StepId.NONCE,
                StepId.FRESHNESS,
                StepId.DEBUG,
                StepId.MEASUREMENTS)) {
            assertThat(verdict.step(step).status()).as("%s", verdict.step(step)).isEqualTo(VerdictStep.Status.PASSED);
        }
        assertThat(verdict.step(StepId.ROOT).status()).isEqualTo(VerdictStep.Status.FAILED);
        assertThat(verdict.trusted()).isFalse();
    }

    @Test
    void debugEnclaveAttestsZeros() throws Exception {
        byte[] document = attest(nsm(true, Instant.now()));
        assertThat(verify(document).step(StepId.DEBUG).status()).isEqualTo(VerdictStep.Status.FAILED);
        assertThat(payload(document).pcrs().get(0)).containsOnly(0);
        assertThat(payload(document).pcrs().get(4)).isNotEqualTo(new byte[48]);
    }

    @Test
    void certificatesHaveTheShapeOfGenuineOnes() throws Exception {
        AttestationDocument document = payload(attest(nsm(false, Instant.now())));
        List<X509Certificate> chain = new ArrayList<>();
        for (byte[] der : document.cabundle()) {
            chain.add(certificate(der));
            assertThat(der.length).isLessThanOrEqualTo(1024);
        }
        assertThat(chain).extracting(X509Certificate::getBasicConstraints).containsExactly(Integer.MAX_VALUE, 2, 1, 0);
        assertThat(chain)
                .extracting(SandboxNsmTest::lifetime)
                .containsExactly(
                        Duration.ofDays(30 * 365), Duration.ofDays(20), Duration.ofDays(6), Duration.ofDays(1));
        X509Certificate leaf = certificate(document.certificate());
        assertThat(leaf.getBasicConstraints()).isEqualTo(-1);
        assertThat(lifetime(leaf)).isEqualTo(Duration.ofHours(3));
        assertThat(leaf.getSubjectX500Principal().getName()).contains("CN=" + MODULE + ".");
        assertThat(chain.getFirst().getSubjectX500Principal().getName())
                .contains("CN=sandbox.nitro-enclaves")
                .doesNotContain("Amazon")
                .doesNotContain("AWS");
    }

    @Test
    void instanceCertificateIsRenewedWithItsLeaves() throws Exception {
        Instant start = Instant.parse("2026-03-01T00:00:00Z");
        Ticking clock = new Ticking(start);
        SandboxNsm nsm = nsm(false, clock);
        byte[] first = payload(attest(nsm)).certificate();
        clock.now = start.plus(Duration.ofHours(1));
        assertThat(payload(attest(nsm)).certificate()).isEqualTo(first);
        for (int hours : new int[] {3, 30, 24 * 7, 24 * 25}) {
            clock.now = start.plus(Duration.ofHours(hours));
            AttestationDocument document = payload(attest(nsm));
            Date later = Date.from(clock.now.plus(Duration.ofMinutes(10)));
            certificate(document.certificate()).checkValidity(later);
            for (byte[] der : document.cabundle()) {
                certificate(der).checkValidity(later);
            }
        }
    }

    @Test
    void userRegistersExtendUntilLocked() throws Exception {
        SandboxNsm nsm = nsm(false, Instant.now());
        assertThat(ask(nsm, new NsmRequest.ExtendPcr(3, new byte[] {1})))
                .isEqualTo(new NsmResponse.Failure("ReadOnlyIndex"));
        assertThat(ask(nsm, new NsmRequest.ExtendPcr(32, new byte[] {1})))
                .isEqualTo(new NsmResponse.Failure("InvalidIndex"));
        var extended = (NsmResponse.ExtendPcr) ask(nsm, new NsmRequest.ExtendPcr(16, new byte[] {1}));
        assertThat(ask(nsm, new NsmRequest.LockPcr(16))).isEqualTo(new NsmResponse.LockPcr());
        assertThat(ask(nsm, new NsmRequest.ExtendPcr(16, new byte[] {1})))
                .isEqualTo(new NsmResponse.Failure("ReadOnlyIndex"));
        var described = (NsmResponse.DescribePcr) ask(nsm, new NsmRequest.DescribePcr(16));
        assertThat(described.lock()).isTrue();
        assertThat(described.data()).isEqualTo(extended.data());
        assertThat(payload(attest(nsm)).pcrs().keySet()).hasSize(17).contains(16);
        assertThat(ask(nsm, new NsmRequest.LockPcrs(20))).isEqualTo(new NsmResponse.LockPcrs());
        assertThat(((NsmResponse.DescribeNsm) ask(nsm, new NsmRequest.DescribeNsm())).lockedPcrs())
                .hasSize(20);
    }

    @Test
    void anyBytesGetAnAnswer() throws Exception {
        SandboxNsm nsm = nsm(false, Instant.now());
        assertThat(NsmResponse.decode(nsm.answer(new byte[] {(byte) 0xff, 1}))).isInstanceOf(NsmResponse.Failure.class);
        assertThat(NsmResponse.decode(nsm.answer(new byte[0x1001])))
                .isEqualTo(new NsmResponse.Failure("InputTooLarge"));
        assertThat(ask(nsm, new NsmRequest.Attestation(Optional.empty(), Optional.of(new byte[513]), Optional.empty())))
                .isEqualTo(new NsmResponse.Failure("InvalidArgument"));
        assertThat(((NsmResponse.GetRandom) ask(nsm, new NsmRequest.GetRandom())).random())
                .hasSize(256);
    }

    @Test
    void answersSeveralRequestsPerConnection(@TempDir Path folder) throws Exception {
        Path socket = folder.resolve("nsm.sock");
        try (NsmSocket listening = NsmSocket.listen(socket, nsm(false, Instant.now()));
                SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            assertThat(listening).isNotNull();
            channel.connect(UnixDomainSocketAddress.of(socket));
            DataOutputStream output = new DataOutputStream(Channels.newOutputStream(channel));
            DataInputStream input = new DataInputStream(Channels.newInputStream(channel));
            for (int i = 0; i < 3; i++) {
                byte[] request = new NsmRequest.DescribeNsm().encode();
                output.writeInt(request.length);
                output.write(request);
                byte[] answer = new byte[input.readInt()];
                input.readFully(answer);
                assertThat(((NsmResponse.DescribeNsm) NsmResponse.decode(answer)).moduleId())
                        .isEqualTo(MODULE);
            }
        }
    }

    private static final class Ticking extends Clock {
        private Instant now;

        Ticking(Instant now) {
            this.now = now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private static SandboxNsm nsm(boolean debug, Instant now) throws Exception {
        return nsm(debug, Clock.fixed(now, ZoneOffset.UTC));
    }

    private static SandboxNsm nsm(boolean debug, Clock clock) throws Exception {
        SandboxPki pki = SandboxPki.create(HOST.instanceId(), clock);
        return new SandboxNsm(MODULE, new Measurements(PCRS), debug, HOST, pki, clock);
    }

    private static NsmResponse ask(SandboxNsm nsm, NsmRequest request) throws Exception {
        return NsmResponse.decode(nsm.answer(request.encode()));
    }

    private static byte[] attest(SandboxNsm nsm) throws Exception {
        NsmRequest request =
                new NsmRequest.Attestation(Optional.of(new byte[] {9}), Optional.of(NONCE), Optional.empty());
        return ((NsmResponse.Attestation) ask(nsm, request)).document();
    }

    private static Verdict verify(byte[] document) {
        return new AttestationVerifier()
                .verify(
                        document,
                        Expectations.builder()
                                .at(Instant.now())
                                .nonce(NONCE)
                                .pcrs(PCRS)
                                .build());
    }

    private static AttestationDocument payload(byte[] document) throws Exception {
        return AttestationDocument.decode(CoseSign1.decode(document).payload());
    }

    private static X509Certificate certificate(byte[] der) throws Exception {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    private static Duration lifetime(X509Certificate certificate) {
        return Duration.between(
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
    }
}
