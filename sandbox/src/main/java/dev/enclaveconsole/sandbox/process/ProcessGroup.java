package dev.enclaveconsole.sandbox.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A process with all its descendants, signalled together. It leads its own session where `setsid` exists, so that
/// neither a Ctrl-C in
/// the console's terminal nor a signal to the console's group reaches it by accident.
public final class ProcessGroup {

    private final Process process;
    private final boolean leader;

    private ProcessGroup(Process process, boolean leader) {
        this.process = process;
        this.leader = leader;
    }

    /// @param environment the whole environment of the process; nothing is inherited
    public static ProcessGroup start(List<String> command, Map<String, String> environment, Path folder)
            throws IOException {
        List<String> line = new ArrayList<>();
        boolean leader =
                Tools.find("setsid").map(setsid -> line.add(setsid.toString())).isPresent();
        line.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new ProcessGroup(builder.start(), leader);
    }

    public Process process() {
        return process;
    }

    public long id() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// Sends a signal by its name without `SIG` (`TERM`, `INT`, `KILL`) to every process of the group.
    public void signal(String name) throws IOException {
        if (leader) {
            kill(name, "-" + process.pid());
            return;
        }
        List<ProcessHandle> members = new ArrayList<>(process.descendants().toList());
        members.add(process.toHandle());
        for (ProcessHandle member : members) {
            kill(name, Long.toString(member.pid()));
        }
    }

    /// Asks the group to end and, after the grace, makes it.
    public void end(long grace, TimeUnit unit) throws IOException, InterruptedException {
        signal("TERM");
        if (!process.waitFor(grace, unit)) {
            signal("KILL");
            process.waitFor();
        }
        if (leader) {
            signal("KILL");
        }
    }

    private static void kill(String name, String target) throws IOException {
        try {
            new ProcessBuilder("/bin/sh", "-c", "kill -s \"$0\" -- \"$1\" 2>/dev/null", name, target)
                    .start()
                    .waitFor();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
