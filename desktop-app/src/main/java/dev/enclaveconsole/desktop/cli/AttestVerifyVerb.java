package dev.enclaveconsole.desktop.cli;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.protocol.attestation.AttestationVerifier;
import dev.enclaveconsole.protocol.attestation.Expectations;
import dev.enclaveconsole.protocol.attestation.SavedVerdict;
import dev.enclaveconsole.protocol.attestation.Verdict;
import dev.enclaveconsole.protocol.attestation.VerdictStep;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `attest verify`: checks a document or a saved verdict, offline.
@Command(
        name = "verify",
        description = {
            "Verifies an attestation document (raw COSE_Sign1) or a saved verdict (JSON), offline.",
            "Exit code 0 if no check failed, whatever was not checked being named; 3 if one failed."
        })
final class AttestVerifyVerb extends Verb {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE", description = "The document or saved verdict.")
    private Path file;

    @Option(
            names = "--at",
            paramLabel = "document|now|INSTANT",
            description = "At which time certificates must be valid: the document's own, now, or e.g."
                    + " 2026-01-31T12:00:00Z. Default: now; for a saved verdict the time at which it was made.")
    private Optional<String> at;

    @Option(names = "--nonce", paramLabel = "HEX", description = "The nonce that was sent.")
    private Optional<String> nonce;

    @Option(names = "--pcr", paramLabel = "N=HEX", description = "A PCR the document must have. Repeatable.")
    private Map<Integer, String> pcrs = new LinkedHashMap<>();

    @Override
    protected int run(Session session) throws ConsoleException {
        EvidenceFile evidence = EvidenceFile.read(file);
        Verdict verdict = switch (evidence) {
            case EvidenceFile.Raw(byte[] document) ->
                new AttestationVerifier().verify(document, expectations().build());
            case EvidenceFile.Saved(SavedVerdict saved) -> again(saved);
        };
        VerdictView view = VerdictView.of(verdict);
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("file", file.toString());
        document.put("verdict", view);
        Optional<Problem> refusal = refusal(evidence, verdict);
        refusal.ifPresent(problem -> document.put("error", Output.error(problem)));
        session.output().answer(document, text(view));
        refusal.ifPresent(session.output()::failure);
        return refusal.isPresent() ? ExitCode.REFUSED : ExitCode.DONE;
    }

    private Verdict again(SavedVerdict saved) {
        boolean asMade = at.isEmpty() && nonce.isEmpty() && pcrs.isEmpty();
        return asMade
                ? saved.reverify()
                : new AttestationVerifier()
                        .verify(saved.document(), expectations().build());
    }

    private Optional<Problem> refusal(EvidenceFile evidence, Verdict verdict) {
        Optional<VerdictStep> failed = verdict.firstFailure();
        if (failed.isPresent()) {
            VerdictStep step = failed.get();
            return Optional.of(Problem.refused(
                    "attestation." + step.id(),
                    file + " is refused at the check \"" + VerdictView.label(step.id()) + "\".",
                    step.detail(),
                    "Do not trust what this document is said to prove."));
        }
        boolean forged = evidence instanceof EvidenceFile.Saved(SavedVerdict saved) && !saved.isGenuine();
        return forged
                ? Optional.of(Problem.refused(
                        "attestation.not-genuine",
                        "The verdict written in " + file + " is not the one that its document yields.",
                        "The file was changed after it was saved.",
                        "Trust only the verdict computed here."))
                : Optional.empty();
    }

    private Expectations.Builder expectations() {
        Expectations.Builder builder = Expectations.builder();
        switch (at.orElse("now")) {
            case "document" -> builder.atDocumentTime();
            case "now" -> builder.at(Instant.now());
            case String instant -> builder.at(parse(instant));
        }
        nonce.ifPresent(hex -> builder.nonce(bytes(hex)));
        pcrs.forEach((index, hex) -> {
            if (index < 0 || index > 31 || !hex.strip().matches("\\p{XDigit}{96}")) {
                throw wrong("--pcr " + index + "=… needs an index of 0 to 31 and 96 hex digits.");
            }
        });
        return builder.pcrs(pcrs);
    }

    private Instant parse(String instant) {
        try {
            return Instant.parse(instant);
        } catch (DateTimeParseException e) {
            throw wrong("--at takes document, now or an instant such as 2026-01-31T12:00:00Z, not " + instant + ".");
        }
    }

    private byte[] bytes(String hex) {
        try {
            return HexFormat.of().parseHex(hex.strip());
        } catch (IllegalArgumentException e) {
            throw wrong("--nonce takes hex digits in pairs, not " + hex + ".");
        }
    }

    private CommandLine.ParameterException wrong(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }

    private static String text(VerdictView view) {
        String notChecked = view.notChecked().stream().map(VerdictView::label).collect(Collectors.joining(", "));
        boolean failed = view.steps().stream().anyMatch(s -> s.status() == VerdictStep.Status.FAILED);
        String heading = failed || view.trusted() ? "" : "No check failed. Not checked: " + notChecked + ".\n";
        return heading + view.text();
    }
}
