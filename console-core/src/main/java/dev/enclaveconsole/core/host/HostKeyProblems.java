package dev.enclaveconsole.core.host;

import dev.enclaveconsole.core.failure.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// What to tell when a host's key does not let the session go on.
final class HostKeyProblems {

    static Problem changed(HostEntry host, KnownHosts knownHosts, HostKey presented, List<HostKey> expected) {
        String old = expected.stream().map(HostKeyProblems::describe).collect(Collectors.joining(" or "));
        return Problem.refused(
                "host.key-changed",
                "The key of " + host.address() + ":" + host.port() + " has changed.",
                "Known is " + old + "; the host now presents " + describe(presented)
                        + ". Somebody may be intercepting the connection, or the host was set up anew.",
                "Ask the host's administrator for its fingerprint. Only if it is the new one, remove the host's line from "
                        + files(host, knownHosts) + ".");
    }

    static Problem changedAgain(HostEntry host) {
        return Problem.refused(
                "host.key-changed",
                "The key of " + host.address() + ":" + host.port() + " changed between two connections.",
                "It is not the key that was just accepted.",
                "Several machines seem to answer at this address; connect to one of them by its own address.");
    }

    static Problem revoked(HostEntry host, HostKey presented) {
        return Problem.refused(
                "host.key-revoked",
                "The key of " + host.address() + ":" + host.port() + " is marked as revoked.",
                "The host presents " + describe(presented) + ", which known_hosts says must not be used any more.",
                "Do not connect until the host's administrator has replaced its key.");
    }

    static Problem unknown(HostEntry host, HostKey presented) {
        return Problem.refused(
                "host.key-unknown",
                "The key of " + host.address() + ":" + host.port() + " is not known.",
                "The host presents " + describe(presented) + ".",
                "Compare this fingerprint with the one the host's administrator tells, then accept it.");
    }

    static Problem unreadable(IOException cause) {
        return Problem.failed(
                "host.known-hosts-unreadable",
                "The list of known hosts cannot be used.",
                String.valueOf(cause.getMessage()),
                "Check the file's permissions.");
    }

    private static String describe(HostKey key) {
        return key.type() + " " + key.fingerprint();
    }

    private static String files(HostEntry host, KnownHosts knownHosts) {
        try {
            List<Path> files = knownHosts.filesAbout(host.address(), host.port());
            return files.isEmpty()
                    ? "known_hosts"
                    : files.stream().map(Path::toString).collect(Collectors.joining(" and "));
        } catch (IOException e) {
            return "known_hosts";
        }
    }

    private HostKeyProblems() {}
}
