package dev.enclaveconsole.agent;

import dev.enclaveconsole.agent.bridge.DialCommand;
import dev.enclaveconsole.agent.bridge.Dialer;
import dev.enclaveconsole.agent.bridge.ServeCommand;
import dev.enclaveconsole.agent.bridge.ServeOptions;
import dev.enclaveconsole.agent.bridge.VsockAddress;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.util.List;

/// The program that the console leaves on a parent host. It carries bytes and never holds a secret.
///
/// Exit code 2 is wrong usage; each verb says its own.
public final class ParentAgent {

    private static final int EXIT_USAGE = 2;
    private static final String VERSION = "0.1.0";
    private static final String USAGE = """
            usage: parent-agent dial CID PORT
                   parent-agent serve --listen ADDRESS:PORT --cid CID --port PORT [--max-connections N] [--idle SECONDS] \
            [--drain SECONDS]
                   parent-agent version""";

    private ParentAgent() {}

    @SuppressWarnings("SystemOut") // the main of a process: these are its output
    public static void main(String[] arguments) throws InterruptedException {
        PrintStream errors = new PrintStream(new FileOutputStream(FileDescriptor.err), true);
        int code;
        try {
            code = run(arguments, System.out, errors);
        } catch (IllegalArgumentException e) {
            errors.println("parent-agent: " + e.getMessage());
            code = EXIT_USAGE;
        }
        System.out.flush();
        System.exit(code);
    }

    private static int run(String[] arguments, PrintStream output, PrintStream errors) throws InterruptedException {
        if (arguments.length == 3 && arguments[0].equals("dial")) {
            VsockAddress address = VsockAddress.parse(arguments[1], arguments[2]);
            return new DialCommand(Dialer.of(System.getenv(Dialer.VARIABLE)), errors).run(address);
        }
        if (arguments.length > 0 && arguments[0].equals("serve")) {
            ServeOptions options = ServeOptions.parse(List.of(arguments).subList(1, arguments.length));
            return new ServeCommand(Dialer.of(System.getenv(Dialer.VARIABLE)), output, errors).run(options);
        }
        if (arguments.length == 1 && arguments[0].equals("version")) {
            output.println("parent-agent " + VERSION);
            return 0;
        }
        throw new IllegalArgumentException(USAGE);
    }
}
