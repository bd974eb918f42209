package dev.enclaveconsole.desktop.cli;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.trust.Attestation;
import dev.enclaveconsole.core.trust.AttestedSession;
import dev.enclaveconsole.core.trust.VerdictStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `attest`: fetch and verify attestation documents.
@Command(
        name = "attest",
        description = "Fetch and verify attestation documents.",
        subcommands = {AttestVerbs.Fetch.class, AttestVerifyVerb.class})
final class AttestVerbs extends VerbGroup {

    @Command(
            name = "fetch",
            description = "Fetches an enclave's attestation document with a fresh nonce, verifies it and saves the"
                    + " verdict. Claims nothing. Exit code 3 if a check failed that this host's entry does not allow.")
    static final class Fetch extends Verb {
        @Mixin
        private EnclaveOption target;

        @Option(
                names = {"-o", "--output"},
                paramLabel = "FILE",
                description = "Also write the raw document (COSE_Sign1) to FILE.")
        private Optional<Path> file;

        @Override
        protected int run(Session session) throws ConsoleException {
            EnclaveOption.Found found = target.find(session);
            Attestation attestation = AttestedSession.inspect(
                    found.host(), found.enclave(), session.console().pins(), session.context());
            VerdictStore.Entry saved = session.console().verdicts().save(attestation);
            if (file.isPresent()) {
                write(file.get(), attestation.document());
            }
            VerdictView verdict = VerdictView.of(attestation.verdict());
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("enclave", EnclaveView.of(found.enclave()));
            document.put("verdict", verdict);
            document.put("saved", saved.file().toString());
            session.output().answer(document, verdict.text() + "Saved as " + saved.file());
            boolean accepted = AcceptedVerdict.on(found.host().entry(), attestation.verdict());
            return accepted ? ExitCode.DONE : ExitCode.REFUSED;
        }

        private static void write(Path file, byte[] document) throws ConsoleException {
            try {
                Files.write(file, document);
            } catch (IOException e) {
                throw new ConsoleException(
                        Problem.failed(
                                "attest.not-written",
                                "The document could not be written to " + file + ".",
                                String.valueOf(e.getMessage()),
                                "Choose another file."),
                        e);
            }
        }
    }
}
