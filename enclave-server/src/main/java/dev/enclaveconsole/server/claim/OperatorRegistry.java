package dev.enclaveconsole.server.claim;

import dev.enclaveconsole.protocol.api.AccessMode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Who operates this enclave, for as long as it runs: the key of the first client that claimed it.
public final class OperatorRegistry {
    private final AccessMode access;
    private final AtomicReference<byte @Nullable []> operatorHash = new AtomicReference<>();

    public OperatorRegistry(AccessMode access) {
        this.access = access;
    }

    /// Registers the key if nobody has claimed yet.
    ///
    /// @param spki SubjectPublicKeyInfo of the client's certificate
    /// @return whether this key is the operator's now
    public boolean claim(byte[] spki) {
        byte[] hash = sha256(spki);
        return operatorHash.compareAndSet(null, hash) || isOperator(spki);
    }

    public boolean isOperator(byte[] spki) {
        byte[] registered = operatorHash.get();
        return registered != null && MessageDigest.isEqual(registered, sha256(spki));
    }

    /// Whether a client may use what is the operator's, unless the image is open to everyone.
    public boolean permits(Optional<byte[]> spki) {
        return access == AccessMode.OPEN || spki.map(this::isOperator).orElse(false);
    }

    /// SHA-256 of the operator's SubjectPublicKeyInfo, once claimed.
    public Optional<byte[]> operatorSpkiSha256() {
        return Optional.ofNullable(operatorHash.get());
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
