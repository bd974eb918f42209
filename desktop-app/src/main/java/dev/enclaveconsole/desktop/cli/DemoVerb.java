package dev.enclaveconsole.desktop.cli;

import dev.enclaveconsole.core.enclave.EnclaveInfo;
import dev.enclaveconsole.core.enclave.EnclaveLifecycle;
import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.host.HostSession;
import dev.enclaveconsole.core.host.HostStore;
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
import picocli.CommandLine.Option;

/// `demo`: the whole path once, on the sandbox.
@Command(
        name = "demo",
        description = {
            "Shows the whole path on this computer, from a host to labels.",
            "Starts the sandbox host, launches the demo enclave, checks its attestation step by step, classifies images"
                    + " and measures the latency."
        })
final class DemoVerb extends Verb {
    @Option(
            names = "--image",
            arity = "1..*",
            paramLabel = "FILE",
            description = "Images or folders of images; a sample photo if not given.")
    private List<Path> files = List.of();

    @Option(
            names = "--runs",
            defaultValue = "30",
            paramLabel = "N",
            description = "Requests from which the latency is computed, ${DEFAULT-VALUE} if not given.")
    private int runs;

    @Override
    protected int run(Session session) throws ConsoleException {
        ImageSource.Selection selection = Images.select(files.isEmpty() ? samples(session) : files);
        HostSession host = session.connect(HostStore.SANDBOX);
        EnclaveLifecycle enclaves = session.console().lifecycle(host);
        EnclaveInfo enclave = enclave(session, enclaves);
        session.context().report("Checking the attestation of " + enclave.id());
        try (AttestedSession attested = session.console().attest(host, enclave, session.context())) {
            session.output().progress(VerdictView.of(attested.verdict()).text().stripTrailing());
            return classify(session, attested, selection);
        }
    }

    /// A sandbox of our own is new, and takes its enclaves with it.
    private static EnclaveInfo enclave(Session session, EnclaveLifecycle enclaves) throws ConsoleException {
        if (session.sandboxIsOurs()) {
            return DemoEnclave.launch(enclaves, session.context());
        }
        Optional<EnclaveInfo> running = DemoEnclave.running(enclaves, session.context());
        if (running.isPresent()) {
            return running.get();
        }
        EnclaveInfo launched = DemoEnclave.launch(enclaves, session.context());
        session.atEnd(() -> DemoEnclave.terminateQuietly(enclaves, launched));
        return launched;
    }

    private int classify(Session session, AttestedSession attested, ImageSource.Selection selection) {
        PredictClient client = new PredictClient(attested.client());
        VerdictSummary summary = VerdictSummary.of(attested.verdict());
        List<PredictEntry> entries = new PredictRun(summary)
                .classifyAll(client, selection.images(), PredictOptions.DEFAULT, entry -> {}, session.context());
        PredictRun measured = new PredictRun(summary);
        session.context().report("Measuring the latency of " + runs + " requests");
        for (int i = 0; i < runs; i++) {
            session.context().checkCancelled();
            ImageSource image = selection.images().get(i % selection.images().size());
            measured.classify(client, image, PredictOptions.DEFAULT, session.context());
        }
        List<PredictionView> predictions = PredictionView.all(entries, selection);
        return new PredictReport(HostStore.SANDBOX, attested, predictions, measured.statistics())
                .answer(session.output());
    }

    private static List<Path> samples(Session session) throws ConsoleException {
        return List.of(session.console()
                .folders()
                .installed("samples")
                .orElseThrow(() -> new ConsoleException(Problem.usage(
                        "demo.no-sample",
                        "There is no sample photo here, because this program was not started by ./console.",
                        "",
                        "Give your own: --image FILE"))));
    }
}
