package dev.enclaveconsole.server.attestation;

import dev.enclaveconsole.protocol.api.AttestationAnswer;
import dev.enclaveconsole.protocol.api.ErrorCode;
import dev.enclaveconsole.protocol.api.Limits;
import dev.enclaveconsole.protocol.attestation.NsmRequest;
import dev.enclaveconsole.protocol.attestation.NsmResponse;
import dev.enclaveconsole.protocol.attestation.UserData;
import dev.enclaveconsole.server.nsm.Nsm;
import dev.enclaveconsole.server.transport.Exchange;
import dev.enclaveconsole.server.transport.Refusal;
import dev.enclaveconsole.server.transport.Reply;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Has documents made by the NSM that name this enclave's TLS key and, once claimed, its operator. The module works on
/// one request at a time, so a single thread asks it and a bounded queue waits.
public final class Attestor implements AutoCloseable {
    private static final int MAX_WAITING = 32;

    private final Nsm nsm;
    private final byte[] tlsSpki;
    private final Supplier<Optional<byte[]>> operatorSpkiSha256;
    private final ThreadPoolExecutor executor = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            Thread.ofPlatform().daemon().name("nsm").factory());

    /// @param operatorSpkiSha256 digest of the operator's key, asked for each document; empty until claimed
    public Attestor(Nsm nsm, byte[] tlsSpki, Supplier<Optional<byte[]>> operatorSpkiSha256) {
        this.nsm = nsm;
        this.tlsSpki = tlsSpki.clone();
        this.operatorSpkiSha256 = operatorSpkiSha256;
    }

    /// @throws Refusal NONCE_INVALID when it is shorter or longer than [Limits] allows
    public static byte[] checkedNonce(byte[] nonce) throws Refusal {
        if (nonce.length < Limits.MIN_NONCE_BYTES || nonce.length > Limits.MAX_NONCE_BYTES) {
            throw new Refusal(
                    ErrorCode.NONCE_INVALID,
                    "The nonce has %d bytes.".formatted(nonce.length),
                    "Send %d to %d random bytes.".formatted(Limits.MIN_NONCE_BYTES, Limits.MAX_NONCE_BYTES));
        }
        return nonce;
    }

    /// Answers the exchange with a new document, later, from another thread.
    public void answer(Exchange exchange, byte[] nonce) throws Refusal {
        try {
            executor.execute(() -> attest(exchange, nonce));
        } catch (RejectedExecutionException e) {
            throw new Refusal(
                    ErrorCode.QUEUE_FULL,
                    "Too many clients ask for attestation documents at once.",
                    "Ask again in a second.");
        }
    }

    private void attest(Exchange exchange, byte[] nonce) {
        if (exchange.abandoned()) {
            exchange.answer(Reply.bytes("application/cbor", new byte[0]));
            return;
        }
        try {
            byte[] document = document(nonce);
            boolean raw = exchange.head().accept().contains("application/cbor");
            exchange.answer(
                    raw ? Reply.bytes("application/cbor", document) : Reply.json(200, new AttestationAnswer(document)));
        } catch (IOException | RuntimeException e) {
            exchange.fail(new Refusal(
                    ErrorCode.NSM_UNAVAILABLE,
                    "The Nitro Secure Module gave no document. " + e.getMessage(),
                    "Look at the enclave's console; a restart of the enclave may help."));
        }
    }

    private byte[] document(byte[] nonce) throws IOException {
        var userData = new UserData(sha256(tlsSpki), operatorSpkiSha256.get());
        NsmResponse response = nsm.ask(
                new NsmRequest.Attestation(Optional.of(userData.encode()), Optional.of(nonce), Optional.of(tlsSpki)));
        return switch (response) {
            case NsmResponse.Attestation(byte[] document) -> document;
            case NsmResponse.Failure(String code) -> throw new IOException("It answered " + code + ".");
            default -> throw new IOException("It answered something else than was asked.");
        };
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
