package dev.enclaveconsole.sandbox.nitrocli;

import dev.enclaveconsole.sandbox.nitrocli.client.NitroCliClient;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// The two outputs of one call of `nitro-cli`. Writing to a caller who is gone throws [UncheckedIOException].
final class Terminal {

    private final DataOutputStream caller;

    Terminal(DataOutputStream caller) {
        this.caller = caller;
    }

    void print(String line) {
        send(NitroCliClient.OUTPUT, (line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    void print(byte[] bytes) {
        send(NitroCliClient.OUTPUT, bytes);
    }

    void printError(String line) {
        send(NitroCliClient.ERRORS, (line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    void exit(int code) {
        send(NitroCliClient.EXIT, new byte[] {(byte) code});
    }

    private synchronized void send(int kind, byte[] bytes) {
        try {
            caller.writeByte(kind);
            caller.writeInt(bytes.length);
            caller.write(bytes);
            caller.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
