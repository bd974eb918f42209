package dev.enclaveconsole.sandbox.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Leaves nothing behind: a shell that waits on a pipe held by this process. The kernel closes the pipe however this
/// process ends, also by
/// SIGKILL; then the shell kills every process that was started for the sandbox and removes its folder and descriptor.
///
/// Processes are found by the groups told to it and by the variable [#MARKER] in their environment (Linux), so also a
/// process that was
/// just being started is caught. The shell leads its own session and ignores the signals of a terminal.
public final class Janitor implements AutoCloseable {

    /// Variable that every process of a sandbox carries; its value is the sandbox's folder.
    public static final String MARKER = "ENCLAVE_CONSOLE_SANDBOX";

    private static final String SCRIPT = """
            trap '' INT TERM HUP QUIT
            folder=$1; descriptor=$2; groups=
            while read -r verb id; do
              case $verb in
                add) groups="$groups $id" ;;
                del) kept=; for g in $groups; do [ "$g" = "$id" ] || kept="$kept $g"; done; groups=$kept ;;
              esac
            done
            sweep() {
              for g in $groups; do kill -s KILL -- "-$g" 2>/dev/null || kill -s KILL -- "$g" 2>/dev/null; done
              for e in /proc/[0-9]*/environ; do
                p=${e#/proc/}; p=${p%/environ}
                [ "$p" = "$$" ] && continue
                tr '\\0' '\\n' <"$e" 2>/dev/null | grep -qxF "$MARK=$folder" && kill -s KILL -- "$p" 2>/dev/null
              done
            }
            sweep 2>/dev/null
            sweep 2>/dev/null
            for try in 1 2 3 4 5; do
              chmod -R u+rwX -- "$folder" 2>/dev/null
              rm -rf -- "$folder" && break
              sleep 0.2
            done
            rm -f -- "$descriptor"
            """;

    private final Process shell;
    private final OutputStream pipe;

    private Janitor(Process shell) {
        this.shell = shell;
        this.pipe = shell.getOutputStream();
    }

    /// @param folder removed in the end with all that is in it
    /// @param descriptor file removed in the end
    public static Janitor start(Path folder, Path descriptor) throws IOException {
        List<String> command = new ArrayList<>();
        Tools.find("setsid").ifPresent(setsid -> command.add(setsid.toString()));
        command.addAll(List.of("/bin/sh", "-c", SCRIPT, "sandbox-janitor", folder.toString(), descriptor.toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().put("PATH", Tools.systemPath());
        builder.environment().put("MARK", MARKER);
        return new Janitor(builder.start());
    }

    public void add(ProcessGroup group) throws IOException {
        tell("add", group);
    }

    public void remove(ProcessGroup group) throws IOException {
        tell("del", group);
    }

    /// Lets the janitor do its work and waits for it.
    @Override
    public void close() throws IOException {
        pipe.close();
        try {
            if (!shell.waitFor(20, TimeUnit.SECONDS)) {
                throw new IOException("the sandbox's folder could not be cleared within 20 s");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void tell(String verb, ProcessGroup group) throws IOException {
        pipe.write((verb + " " + group.id() + "\n").getBytes(StandardCharsets.US_ASCII));
        pipe.flush();
    }
}
