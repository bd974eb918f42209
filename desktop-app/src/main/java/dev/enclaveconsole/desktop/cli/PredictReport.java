package dev.enclaveconsole.desktop.cli;

import dev.enclaveconsole.core.predict.PredictStatistics;
import dev.enclaveconsole.core.trust.AttestedSession;
import dev.enclaveconsole.core.trust.VerdictSummary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What `predict` and `demo` answer.
record PredictReport(
        String host, AttestedSession attested, List<PredictionView> predictions, PredictStatistics statistics) {

    /// @return the exit code: failed if an image did
    int answer(Output output) {
        PredictionView.Latency latency = PredictionView.Latency.of(statistics);
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("host", host);
        document.put("enclave", EnclaveView.of(attested.enclave()));
        document.put("verdict", VerdictView.of(attested.verdict()));
        document.put("predictions", predictions);
        document.put("latency", latency);
        String banner = VerdictSummary.of(attested.verdict()).banner();
        String images = predictions.stream()
                .filter(p -> !p.unsent())
                .map(PredictionView::text)
                .collect(Collectors.joining("\n"));
        long unsent = predictions.stream().filter(PredictionView::unsent).count();
        String rest = unsent == 0 ? "" : "\n%d more %s not sent.".formatted(unsent, unsent == 1 ? "was" : "were");
        output.answer(document, banner + "\n" + images + rest + "\n" + latency.text());
        return predictions.stream().anyMatch(PredictionView::failed) ? ExitCode.FAILED : ExitCode.DONE;
    }
}
