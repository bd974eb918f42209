package dev.enclaveconsole.agent.bridge;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;

/// `dial CID PORT`: standard input and output become a connection to the enclave.
///
/// Exit codes: 0 both directions ended, 1 the caller went away, 4 nothing answers at that port (one line on standard
/// error says so).
public final class DialCommand {

    public static final int EXIT_DONE = 0;
    public static final int EXIT_CALLER_GONE = 1;
    public static final int EXIT_NO_ANSWER = 4;

    private static final int BUFFER_BYTES = 256 * 1024;

    private final Dialer dialer;
    private final PrintStream errors;

    public DialCommand(Dialer dialer, PrintStream errors) {
        this.dialer = dialer;
        this.errors = errors;
    }

    public int run(VsockAddress address) throws InterruptedException {
        Link link;
        try {
            link = dialer.dial(address);
        } catch (IOException e) {
            errors.println("parent-agent: enclave " + address.cid() + " does not answer at port " + address.port()
                    + ": " + e.getMessage());
            return EXIT_NO_ANSWER;
        }
        try (link;
                FileInputStream input = new FileInputStream(FileDescriptor.in);
                FileOutputStream output = new FileOutputStream(FileDescriptor.out)) {
            new Bridge(input.getChannel(), output.getChannel(), link, BUFFER_BYTES, errors::close).run();
            return EXIT_DONE;
        } catch (IOException _) {
            return EXIT_CALLER_GONE;
        }
    }
}
