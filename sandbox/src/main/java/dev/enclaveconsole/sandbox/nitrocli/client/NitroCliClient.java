package dev.enclaveconsole.sandbox.nitrocli.client;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/// Hands the command to the running sandbox and prints what it answers.
///
/// Request: working folder, value of `BACKTRACE`, number of arguments, arguments (as [DataOutputStream#writeUTF] writes
/// them). Answer:
/// frames of a kind (1 standard output, 2 standard error, 3 exit code), a 4-byte length and bytes.
public final class NitroCliClient {

    public static final int OUTPUT = 1;
    public static final int ERRORS = 2;
    public static final int EXIT = 3;

    private static final int NO_SANDBOX = 11;

    private NitroCliClient() {}

    /// First argument: the sandbox's control socket; the others are the user's.
    @SuppressWarnings("SystemOut") // the main of a process
    public static void main(String[] arguments) {
        int code;
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(Path.of(arguments[0])));
            DataOutputStream request =
                    new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel)));
            String backtrace = System.getenv("BACKTRACE");
            request.writeUTF(Path.of("").toAbsolutePath().toString());
            request.writeUTF(backtrace == null ? "" : backtrace);
            request.writeInt(arguments.length - 1);
            for (int i = 1; i < arguments.length; i++) {
                request.writeUTF(arguments[i]);
            }
            request.flush();
            code = print(new DataInputStream(Channels.newInputStream(channel)));
        } catch (IOException e) {
            System.err.println("nitro-cli: the sandbox does not answer: " + e.getMessage());
            code = NO_SANDBOX;
        }
        Runtime.getRuntime().halt(code);
    }

    private static int print(DataInputStream answer) throws IOException {
        try (FileOutputStream output = new FileOutputStream(FileDescriptor.out);
                FileOutputStream errors = new FileOutputStream(FileDescriptor.err)) {
            while (true) {
                int kind = answer.readByte();
                byte[] bytes = new byte[answer.readInt()];
                answer.readFully(bytes);
                switch (kind) {
                    case OUTPUT -> output.write(bytes);
                    case ERRORS -> errors.write(bytes);
                    default -> {
                        return bytes[0] & 0xFF;
                    }
                }
            }
        }
    }
}
