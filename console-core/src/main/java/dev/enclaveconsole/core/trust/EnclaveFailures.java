package dev.enclaveconsole.core.trust;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.enclaveconsole.core.enclave.EnclaveInfo;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.host.AgentException;
import dev.enclaveconsole.core.host.HostSession;
import dev.enclaveconsole.protocol.api.Json;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;

/// Turns failed requests to one enclave into problems.
final class EnclaveFailures {
    private static final String RELAUNCH = "Look at the list of enclaves; if it has ended, launch it again.";

    private final EnclaveInfo enclave;
    private final HostSession host;
    private final PinnedPeer peer;

    EnclaveFailures(EnclaveInfo enclave, HostSession host, PinnedPeer peer) {
        this.enclave = enclave;
        this.host = host;
        this.peer = peer;
    }

    /// The enclave answered with an error.
    Problem answered(int status, byte[] body) {
        JsonNode error = error(body);
        String code = error.path("code").asText("");
        if (code.equals("ALREADY_CLAIMED")) {
            return Problem.refused(
                    "enclave.already-claimed",
                    "The enclave " + enclave.name() + " has been claimed by somebody else.",
                    "Another console claimed it first, or the parent host did.",
                    "Terminate it and launch it again; if it happens again, do not use this host.");
        }
        if (code.isEmpty()) {
            return Problem.failed(
                    "enclave.http-" + status,
                    "The enclave " + enclave.name() + " answered with status " + status + ".",
                    "",
                    "Check that the image is one of Enclave Console's.");
        }
        return Problem.failed(
                "enclave." + code,
                error.path("message").asText(""),
                "",
                error.path("remedy").asText(""));
    }

    /// No answer came.
    Problem broken(IOException cause) {
        if (peer.refusedOther()) {
            return Problem.refused(
                    "enclave.key-changed",
                    "A connection to " + enclave.name() + " ended elsewhere.",
                    "It presented another key than the attested one: the enclave was replaced, or somebody is in between.",
                    "Verify the enclave again before sending anything.");
        }
        if (!host.isConnected()) {
            return Problem.failed(
                    "host.connection-lost",
                    "The connection to " + host.entry().name() + " broke.",
                    String.valueOf(cause.getMessage()),
                    "Connect again.");
        }
        Optional<AgentException> agent = agent(cause);
        if (agent.isEmpty() && cause instanceof InterruptedIOException) {
            return Problem.failed(
                    "enclave.timeout",
                    "The enclave " + enclave.name() + " did not answer within " + EnclaveClient.TIME_LIMIT.toSeconds()
                            + " s.",
                    "",
                    "Try again; " + RELAUNCH);
        }
        return Problem.failed(
                "enclave.gone",
                "The enclave " + enclave.name() + " does not answer any more.",
                agent.map(AgentException::getMessage).orElse(String.valueOf(cause.getMessage())),
                RELAUNCH);
    }

    Problem unreadable(IOException cause) {
        String why = cause instanceof JsonProcessingException json ? json.getOriginalMessage() : cause.getMessage();
        return Problem.failed(
                "enclave.answer-unreadable",
                "The answer of " + enclave.name() + " cannot be read.",
                String.valueOf(why),
                "Check that the image is one of Enclave Console's and as new as this program.");
    }

    private static JsonNode error(byte[] body) {
        try {
            return Json.mapper().readTree(body).path("error");
        } catch (IOException e) {
            return Json.mapper().missingNode();
        }
    }

    private static Optional<AgentException> agent(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof AgentException agent) {
                return Optional.of(agent);
            }
            for (Throwable suppressed : t.getSuppressed()) {
                if (suppressed instanceof AgentException agent) {
                    return Optional.of(agent);
                }
            }
        }
        return Optional.empty();
    }
}
