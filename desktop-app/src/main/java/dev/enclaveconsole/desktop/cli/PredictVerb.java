package dev.enclaveconsole.desktop.cli;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.operation.OperationCancelledException;
import dev.enclaveconsole.core.predict.ImageSource;
import dev.enclaveconsole.core.predict.PredictClient;
import dev.enclaveconsole.core.predict.PredictOptions;
import dev.enclaveconsole.core.predict.PredictRun;
import dev.enclaveconsole.core.trust.AttestedSession;
import dev.enclaveconsole.core.trust.VerdictSummary;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `predict`: classifies images by an attested enclave.
@Command(
        name = "predict",
        description = "Classifies images by an enclave, after verifying it. Exit code 1 if an image failed.")
final class PredictVerb extends Verb {
    @Mixin
    private EnclaveOption target;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Images (JPEG, PNG, WebP) or folders of images.")
    private List<Path> files;

    @Option(names = "--model", description = "Model of the enclave's image; its default if not given.")
    private Optional<String> model;

    @Option(names = "--top", defaultValue = "5", description = "Labels per image, ${DEFAULT-VALUE} if not given.")
    private int top;

    @Option(names = "--csv", paramLabel = "FILE", description = "Also export the results as CSV.")
    private Optional<Path> csv;

    private int report(
            Session session,
            EnclaveOption.Found found,
            AttestedSession attested,
            PredictRun run,
            ImageSource.Selection selection)
            throws ConsoleException {
        if (csv.isPresent()) {
            run.exportCsv(csv.get());
        }
        List<PredictionView> predictions = PredictionView.all(run.entries(), selection);
        return new PredictReport(found.host().entry().name(), attested, predictions, run.statistics())
                .answer(session.output());
    }

    @Override
    protected int run(Session session) throws ConsoleException {
        Ranges.require("--top", top, 1, 1000);
        ImageSource.Selection selection = Images.select(files);
        EnclaveOption.Found found = target.find(session);
        try (AttestedSession attested = session.console().attest(found.host(), found.enclave(), session.context())) {
            PredictRun run = new PredictRun(VerdictSummary.of(attested.verdict()));
            try {
                run.classifyAll(
                        new PredictClient(attested.client()),
                        selection.images(),
                        new PredictOptions(model, top),
                        entry -> {},
                        session.context());
            } catch (OperationCancelledException e) {
                report(session, found, attested, run, selection);
                throw e;
            }
            return report(session, found, attested, run, selection);
        }
    }
}
