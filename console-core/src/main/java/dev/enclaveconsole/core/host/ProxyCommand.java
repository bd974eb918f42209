package dev.enclaveconsole.core.host;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A command of this computer whose standard streams are the connection, such as AWS's Session Manager:
/// `aws ssm start-session --target %h --document-name AWS-StartSSHSession --parameters portNumber=%p`.
final class ProxyCommand {
    private static final Logger LOG = LoggerFactory.getLogger(ProxyCommand.class);
    private static final int LAST_WORDS = 2000;

    /// What may be pasted into a shell's line.
    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._:@%+=,-]*");

    private static final Pattern TOKEN = Pattern.compile("%[hprn%]");

    private final Process process;
    private volatile String stderr = "";

    private ProxyCommand(Process process) {
        this.process = process;
        Thread.startVirtualThread(this::drain);
    }

    /// @throws ConsoleException `host.proxy-command`
    static ProxyCommand start(SshHop hop, String command) throws ConsoleException {
        String line = expand(command, hop);
        try {
            return new ProxyCommand(new ProcessBuilder(shell(line)).start());
        } catch (IOException e) {
            throw new ConsoleException(problem(hop, String.valueOf(e.getMessage())), e);
        }
    }

    Socket socket(SshHop hop) {
        return new StreamSocket(process.getInputStream(), process.getOutputStream(), hop.port(), this::end);
    }

    /// What the command said on standard error, its last lines.
    String lastWords() {
        return stderr.strip();
    }

    static Problem problem(SshHop hop, String why) {
        return Problem.failed(
                "host.proxy-command",
                "The proxy command of " + hop.name() + " does not connect.",
                why,
                "Run it in a terminal to see what it needs: "
                        + hop.proxyCommand().orElse(""));
    }

    /// `%h`, `%p`, `%r`, `%n` and `%%`; other tokens stay.
    static String expand(String command, SshHop hop) throws ConsoleException {
        for (String value : List.of(hop.address(), hop.user(), hop.name())) {
            if (!HARMLESS.matcher(value).matches()) {
                throw new ConsoleException(problem(hop, "A shell would misread " + value + "."));
            }
        }
        return TOKEN.matcher(command)
                .replaceAll(match -> Matcher.quoteReplacement(
                        switch (match.group()) {
                            case "%h" -> hop.address();
                            case "%p" -> String.valueOf(hop.port());
                            case "%r" -> hop.user();
                            case "%n" -> hop.name();
                            default -> "%";
                        }));
    }

    private static List<String> shell(String line) {
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
        return windows ? List.of("cmd.exe", "/c", line) : List.of("/bin/sh", "-c", "exec " + line);
    }

    private void drain() {
        byte[] buffer = new byte[1024];
        try (InputStream in = process.getErrorStream()) {
            int n;
            while ((n = in.read(buffer)) > 0) {
                String words = stderr + new String(buffer, 0, n, StandardCharsets.UTF_8);
                stderr = words.substring(Math.max(0, words.length() - LAST_WORDS));
            }
        } catch (IOException e) {
            LOG.debug("standard error of a proxy command broke off: {}", e.getMessage());
        }
    }

    private void end() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }
}
