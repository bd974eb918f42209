package dev.enclaveconsole.protocol.attestation;

import java.io.IOException;

/// Bytes that are not what they should be. The message names the field and says what is wrong, for people.
public final class MalformedCborException extends IOException {
    public MalformedCborException(String message) {
        super(message);
    }
}
