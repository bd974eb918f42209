package dev.enclaveconsole.core.host;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.operation.OperationContext;
import dev.enclaveconsole.core.settings.FileDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The parent agent on one host: uploaded once per version to `~/.enclave-console/agent/VERSION/`, where the
/// version is the beginning of the archive's SHA-256.
public final class AgentDeployment {
    private static final String FOLDER = ".enclave-console/agent";
    private static final int DIGEST_DIFFERS = 65;
    private static final String UNPACK = """
            set -eu
            archive=$1; expected=$2; version=$3
            cd "$HOME/%s"
            draft=$(mktemp -d ./draft-XXXXXX)
            trap 'rm -rf "$draft" "$archive"' EXIT
            actual=$(sha256sum "$archive" | cut -d' ' -f1)
            if [ "$actual" != "$expected" ]; then echo "$actual" >&2; exit %d; fi
            tar -xzf "$archive" -C "$draft"
            test -x "$draft/bin/parent-agent"
            mv -T "$draft" "$version" 2>/dev/null || test -x "$version/bin/parent-agent"
            """.formatted(FOLDER, DIGEST_DIFFERS);

    private final HostSession host;
    private final Optional<Path> archive;
    private @Nullable String launcher;

    AgentDeployment(HostSession host, Optional<Path> archive) {
        this.host = host;
        this.archive = archive;
    }

    /// Makes sure that the agent is on the host and is the one of this distribution; does nothing if it is.
    ///
    /// @return path of its launcher, relative to the user's home there
    /// @throws ConsoleException `agent.archive-missing`, `agent.digest-differs`, `agent.unpack-failed`
    public synchronized String ensure(OperationContext context) throws ConsoleException {
        String known = launcher;
        if (known != null) {
            return known;
        }
        Path file = archive.filter(Files::isRegularFile).orElseThrow(() -> new ConsoleException(missing()));
        String digest = digest(file);
        String version = digest.substring(0, 16);
        String path = FOLDER + "/" + version + "/bin/parent-agent";
        if (host.run(List.of("test", "-x", path), context).exitCode() != 0) {
            deploy(file, digest, version, context);
        }
        launcher = path;
        return path;
    }

    private void deploy(Path file, String digest, String version, OperationContext context) throws ConsoleException {
        context.report("Installing the agent on " + host.entry().name());
        String name = "upload-" + UUID.randomUUID() + ".tar.gz";
        host.upload(file, FOLDER + "/" + name, context);
        CommandResult result = host.run(List.of("sh", "-c", UNPACK, "sh", name, digest, version), context);
        if (result.exitCode() == DIGEST_DIFFERS) {
            throw new ConsoleException(Problem.refused(
                    "agent.digest-differs",
                    "The agent on " + host.entry().name() + " is not the one that was sent.",
                    "Its SHA-256 is " + result.stderr().strip() + " instead of " + digest + ".",
                    "Check the host's disk and the connection, then try again."));
        }
        if (result.exitCode() != 0) {
            throw new ConsoleException(Problem.failed(
                    "agent.unpack-failed",
                    "The agent could not be unpacked on " + host.entry().name() + ".",
                    result.stderr().strip(),
                    "Check free space in the home folder there, and that tar, gzip and sha256sum are installed."));
        }
    }

    private Problem missing() {
        return Problem.failed(
                "agent.archive-missing",
                "The agent for the parent host is not part of this installation.",
                archive.map(path -> "There is no file " + path + ".").orElse("The program was not started from one."),
                "Start the program with ./console, which builds what is missing, or install it anew.");
    }

    private static String digest(Path file) throws ConsoleException {
        try {
            String actual = FileDigest.sha256(file);
            Path sidecar = file.resolveSibling(file.getFileName() + ".sha256");
            if (Files.exists(sidecar) && !Files.readString(sidecar).startsWith(actual)) {
                throw new ConsoleException(Problem.refused(
                        "agent.digest-differs",
                        "The agent of this installation is damaged.",
                        "The SHA-256 of " + file + " is " + actual + ", not the one beside it.",
                        "Install the program anew."));
            }
            return actual;
        } catch (IOException e) {
            throw new ConsoleException(
                    Problem.failed(
                            "agent.archive-missing",
                            "The file " + file + " cannot be read.",
                            String.valueOf(e.getMessage()),
                            "Check its permissions."),
                    e);
        }
    }
}
