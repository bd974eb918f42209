package dev.enclaveconsole.desktop.cli;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.predict.ImageSource;
import dev.enclaveconsole.core.predict.PredictClient;
import dev.enclaveconsole.core.predict.PredictEntry;
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

    @Override
    protected int run(Session session) throws ConsoleException {
        ImageSource.Selection selection = Images.select(files, session.output());
        EnclaveOption.Found found = target.find(session);
        try (AttestedSession attested = session.console().attest(found.host(), found.enclave(), session.context())) {
            PredictRun run = new PredictRun(VerdictSummary.of(attested.verdict()));
            List<PredictEntry> entries = run.classifyAll(
                    new PredictClient(attested.client()),
                    selection.images(),
                    new PredictOptions(model, top),
                    entry -> {},
                    session.context());
            if (csv.isPresent()) {
                run.exportCsv(csv.get());
            }
            List<PredictionView> predictions = PredictionView.all(entries, selection);
            return new PredictReport(found.host().entry().name(), attested, predictions, run.statistics())
                    .answer(session.output());
        }
    }
}
