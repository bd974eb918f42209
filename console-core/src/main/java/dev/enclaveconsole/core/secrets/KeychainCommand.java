package dev.enclaveconsole.core.secrets;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs the operating system's own command for its keychain. Secrets go through its standard streams, never through
/// its arguments, which every user of the computer can read.
final class KeychainCommand {
    private static final Logger LOG = LoggerFactory.getLogger(KeychainCommand.class);

    /// The user may have to unlock the keychain first.
    private static final long PATIENCE_SECONDS = 120;

    private static final int LONGEST = 64 * 1024;

    /// @param input written to the command's standard input and wiped
    /// @return its standard output without the last line's end, empty if the command failed
    static Optional<char[]> run(List<String> command, byte[] input) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (var stdin = process.getOutputStream()) {
                stdin.write(input);
            } catch (IOException e) {
                LOG.debug("{} does not listen: {}", command.getFirst(), e.getMessage());
            }
            byte[] output = read(process.getInputStream());
            try {
                if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    process.destroy();
                    return Optional.empty();
                }
                return process.exitValue() == 0 ? Optional.of(characters(output)) : Optional.empty();
            } finally {
                Arrays.fill(output, (byte) 0);
            }
        } catch (IOException e) {
            LOG.debug("{} cannot be run: {}", command.getFirst(), e.getMessage());
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            Arrays.fill(input, (byte) 0);
        }
    }

    static byte[] utf8(char[] secret) {
        ByteBuffer bytes = ByteBuffer.allocate(3 * secret.length);
        StandardCharsets.UTF_8
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE)
                .encode(CharBuffer.wrap(secret), bytes, true);
        bytes.flip();
        byte[] result = new byte[bytes.remaining()];
        bytes.get(result);
        Arrays.fill(bytes.array(), (byte) 0);
        return result;
    }

    private static byte[] read(InputStream in) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[1024];
        int n;
        while ((n = in.read(buffer)) > 0 && out.size() < LONGEST) {
            out.write(buffer, 0, n);
        }
        Arrays.fill(buffer, (byte) 0);
        return out.toByteArray();
    }

    private static char[] characters(byte[] utf8) {
        CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(utf8));
        int length = decoded.length();
        while (length > 0 && (decoded.get(length - 1) == '\n' || decoded.get(length - 1) == '\r')) {
            length--;
        }
        char[] result = new char[length];
        decoded.get(result);
        Arrays.fill(decoded.array(), '\0');
        return result;
    }

    private KeychainCommand() {}
}
