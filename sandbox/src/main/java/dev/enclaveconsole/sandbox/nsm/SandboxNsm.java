package dev.enclaveconsole.sandbox.nsm;

import dev.enclaveconsole.protocol.attestation.AttestationDocument;
import dev.enclaveconsole.protocol.attestation.CoseSign1;
import dev.enclaveconsole.protocol.attestation.MalformedCborException;
import dev.enclaveconsole.protocol.attestation.NsmRequest;
import dev.enclaveconsole.protocol.attestation.NsmResponse;
import dev.enclaveconsole.protocol.eif.Measurements;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The security module of one enclave: what `/dev/nsm` answers on AWS, signed below the sandbox's own root.
public final class SandboxNsm {

    private static final int RANDOM_BYTES = 256;
    private static final int MAX_PUBLIC_KEY = 1024;
    private static final int MAX_OTHER = 512;
    private static final Duration RENEW_BEFORE_END = Duration.ofMinutes(30);

    private final String moduleId;
    private final SandboxPki pki;
    private final Registers registers;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final KeyPair key;
    private SandboxPki.Chain chain;

    /// @param moduleId id of the enclave, `i-…-enc…`
    /// @param image measurements of its image; PCR0 to 2 stay zero in debug mode
    public SandboxNsm(
            String moduleId, Measurements image, boolean debug, HostIdentity host, SandboxPki pki, Clock clock)
            throws GeneralSecurityException {
        this.moduleId = moduleId;
        this.pki = pki;
        this.clock = clock;
        this.registers = new Registers(image, debug, host.roleArn(), host.instanceId());
        this.key = SandboxPki.newKey();
        this.chain = pki.issue(moduleId, key.getPublic());
    }

    /// One request and its response, both CBOR; any bytes get an answer.
    public synchronized byte[] answer(byte[] request) {
        NsmResponse response = respond(request);
        byte[] encoded = response.encode();
        return encoded.length > NsmResponse.MAX_BYTES ? new NsmResponse.Failure("BufferTooSmall").encode() : encoded;
    }

    private NsmResponse respond(byte[] request) {
        if (request.length > NsmRequest.MAX_BYTES) {
            return new NsmResponse.Failure("InputTooLarge");
        }
        try {
            return respond(NsmRequest.decode(request));
        } catch (MalformedCborException _) {
            return new NsmResponse.Failure("InvalidOperation");
        } catch (GeneralSecurityException _) {
            return new NsmResponse.Failure("InternalError");
        }
    }

    private NsmResponse respond(NsmRequest request) throws GeneralSecurityException {
        return switch (request) {
            case NsmRequest.DescribeNsm() ->
                new NsmResponse.DescribeNsm(1, 0, 0, moduleId, Registers.COUNT, registers.lockedOnes(), "SHA384");
            case NsmRequest.GetRandom() -> {
                byte[] bytes = new byte[RANDOM_BYTES];
                random.nextBytes(bytes);
                yield new NsmResponse.GetRandom(bytes);
            }
            case NsmRequest.DescribePcr(int index) ->
                index < Registers.COUNT
                        ? new NsmResponse.DescribePcr(registers.isLocked(index), registers.value(index))
                        : new NsmResponse.Failure("InvalidIndex");
            case NsmRequest.ExtendPcr(int index, byte[] data) -> extend(index, data);
            case NsmRequest.LockPcr(int index) -> lock(index);
            case NsmRequest.LockPcrs(int range) -> lockBelow(range);
            case NsmRequest.Attestation attestation -> attest(attestation);
        };
    }

    private NsmResponse extend(int index, byte[] data) throws GeneralSecurityException {
        if (index >= Registers.COUNT) {
            return new NsmResponse.Failure("InvalidIndex");
        }
        return registers
                .extend(index, data)
                .<NsmResponse>map(NsmResponse.ExtendPcr::new)
                .orElseGet(() -> new NsmResponse.Failure("ReadOnlyIndex"));
    }

    private NsmResponse lock(int index) {
        if (index >= Registers.COUNT) {
            return new NsmResponse.Failure("InvalidIndex");
        }
        if (registers.isLocked(index)) {
            return new NsmResponse.Failure("ReadOnlyIndex");
        }
        registers.lock(index);
        return new NsmResponse.LockPcr();
    }

    private NsmResponse lockBelow(int range) {
        if (range > Registers.COUNT) {
            return new NsmResponse.Failure("InvalidIndex");
        }
        for (int index = 0; index < range; index++) {
            if (!registers.isLocked(index)) {
                registers.lock(index);
            }
        }
        return new NsmResponse.LockPcrs();
    }

    private NsmResponse attest(NsmRequest.Attestation request) throws GeneralSecurityException {
        if (longer(request.publicKey(), MAX_PUBLIC_KEY)
                || longer(request.userData(), MAX_OTHER)
                || longer(request.nonce(), MAX_OTHER)) {
            return new NsmResponse.Failure("InvalidArgument");
        }
        Instant now = clock.instant();
        SandboxPki.Chain current = currentChain(now);
        AttestationDocument document = new AttestationDocument(
                moduleId,
                "SHA384",
                now,
                registers.shown(),
                current.leaf().getEncoded(),
                encoded(current.bundle()),
                request.publicKey(),
                request.userData(),
                request.nonce());
        return new NsmResponse.Attestation(CoseSign1.sign(document.encodePayload(), (ECPrivateKey) key.getPrivate()));
    }

    private SandboxPki.Chain currentChain(Instant now) throws GeneralSecurityException {
        if (now.isAfter(chain.leaf().getNotAfter().toInstant().minus(RENEW_BEFORE_END))) {
            chain = pki.issue(moduleId, key.getPublic());
        }
        return chain;
    }

    private static List<byte[]> encoded(List<X509Certificate> certificates) throws CertificateEncodingException {
        List<byte[]> encoded = new ArrayList<>();
        for (X509Certificate certificate : certificates) {
            encoded.add(certificate.getEncoded());
        }
        return encoded;
    }

    private static boolean longer(Optional<byte[]> value, int limit) {
        return value.map(bytes -> bytes.length > limit).orElse(false);
    }
}
