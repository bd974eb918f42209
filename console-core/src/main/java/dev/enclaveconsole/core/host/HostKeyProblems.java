package dev.enclaveconsole.core.host;

import dev.enclaveconsole.core.failure.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// What to tell when a host's key does not let the session go on.
final class HostKeyProblems {

    static Problem changed(SshHop hop, KnownHosts knownHosts, HostKey presented, List<HostKey> expected) {
        String old = expected.stream().map(HostKeyProblems::describe).collect(Collectors.joining(" or "));
        return Problem.refused(
                "host.key-changed",
                "The key of " + place(hop) + " has changed.",
                "Known is " + old + "; the host now presents " + describe(presented)
                        + ". Somebody may be intercepting the connection, or the host was set up anew.",
                "Ask the host's administrator for its fingerprint. Only if it is the new one, replace the known key"
                        + " when asked, or remove the host's line from " + files(hop, knownHosts) + ".");
    }

    static Problem changedAgain(SshHop hop) {
        return Problem.refused(
                "host.key-changed",
                "The key of " + place(hop) + " changed between two connections.",
                "It is not the key that was just accepted.",
                "Several machines seem to answer at this address; connect to one of them by its own address.");
    }

    static Problem revoked(SshHop hop, HostKey presented) {
        return Problem.refused(
                "host.key-revoked",
                "The key of " + place(hop) + " is marked as revoked.",
                "The host presents " + describe(presented) + ", which known_hosts says must not be used any more.",
                "Do not connect until the host's administrator has replaced its key.");
    }

    static Problem badCertificate(SshHop hop, HostKey presented, String why) {
        return Problem.refused(
                "host.certificate-refused",
                "The certificate of " + place(hop) + " is not accepted.",
                why + " It is for " + describe(presented) + ".",
                "Check this computer's clock and the host's name, or ask whoever signs the certificates of hosts.");
    }

    static Problem unknown(SshHop hop, HostKey presented) {
        return Problem.refused(
                "host.key-unknown",
                "The key of " + place(hop) + " is not known.",
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

    private static String place(SshHop hop) {
        return hop.address() + ":" + hop.port();
    }

    private static String describe(HostKey key) {
        return key.type() + " " + key.fingerprint();
    }

    private static String files(SshHop hop, KnownHosts knownHosts) {
        try {
            List<Path> files = knownHosts.filesAbout(hop.knownHostsName());
            return files.isEmpty()
                    ? "known_hosts"
                    : files.stream().map(Path::toString).collect(Collectors.joining(" and "));
        } catch (IOException e) {
            return "known_hosts";
        }
    }

    private HostKeyProblems() {}
}
