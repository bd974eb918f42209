package dev.enclaveconsole.core.predict;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.trust.VerdictSummary;
import dev.enclaveconsole.protocol.api.Json;
import dev.enclaveconsole.protocol.api.LabelScore;
import dev.enclaveconsole.protocol.api.PhaseTimings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictExportTest {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");
    private static final VerdictSummary VERDICT =
            new VerdictSummary(false, "UNTRUSTED: not AWS's root", "not AWS's root", TIME, "i-1-enc1", Map.of(0, "ab"));
    private static final PredictEntry GOOD = new PredictEntry(
            1,
            "cat, \"tom\".jpg",
            Optional.of(Path.of("/photos/cat.jpg")),
            TIME,
            1500,
            "resnet9-cifar10",
            List.of(new LabelScore("cat", 3, 0.75), new LabelScore("=dog()", 5, 0.25)),
            Optional.of(new PhaseTimings(1, 2, 3, 4, 10)),
            Optional.empty());
    private static final PredictEntry BAD = new PredictEntry(
            2,
            "x.jpg",
            Optional.empty(),
            TIME,
            900,
            "",
            List.of(),
            Optional.empty(),
            Optional.of(Problem.failed("enclave.IMAGE_DAMAGED", "x.jpg is damaged.", "", "Choose another.")));

    @TempDir
    Path folder;

    @Test
    void writesOneCsvLineForEachLabelAndEachFailure() throws ConsoleException, IOException {
        Path file = folder.resolve("run.csv");
        PredictExport.csv(file, VERDICT, List.of(GOOD, BAD));
        assertThat(Files.readString(file).split("\r\n"))
                .containsExactly(
                        "number,file,started_at,latency_us,model,rank,label,class,score,queue_us,decode_us,"
                                + "preprocess_us,infer_us,total_us,error_code,error,trusted,verdict",
                        "1,\"cat, \"\"tom\"\".jpg\",2026-01-02T03:04:05Z,1500,resnet9-cifar10,1,cat,3,0.750000,"
                                + "1,2,3,4,10,,,false,UNTRUSTED: not AWS's root",
                        "1,\"cat, \"\"tom\"\".jpg\",2026-01-02T03:04:05Z,1500,resnet9-cifar10,2,'=dog(),5,0.250000,"
                                + "1,2,3,4,10,,,false,UNTRUSTED: not AWS's root",
                        "2,x.jpg,2026-01-02T03:04:05Z,900,,,,,,,,,,,enclave.IMAGE_DAMAGED,"
                                + "x.jpg is damaged. Choose another.,false,UNTRUSTED: not AWS's root");
    }

    @Test
    void writesOneJsonDocumentWithVerdictStatisticsAndEntries() throws ConsoleException, IOException {
        PredictRecorder recorder = new PredictRecorder();
        recorder.started(0);
        recorder.ended(1_500_000, GOOD);
        recorder.ended(2_100_000_000L, BAD);
        Path file = folder.resolve("run.json");
        PredictExport.json(file, VERDICT, recorder.statistics(), List.of(GOOD, BAD));
        JsonNode json = Json.mapper().readTree(file.toFile());
        assertThat(json.at("/verdict/trusted").isBoolean()).isTrue();
        assertThat(json.at("/verdict/banner").asText()).startsWith("UNTRUSTED");
        assertThat(json.at("/statistics/n").asInt()).isEqualTo(1);
        assertThat(json.at("/statistics/latency/p99Micros").asInt()).isEqualTo(1500);
        assertThat(json.at("/statistics/errors/enclave.IMAGE_DAMAGED").asInt()).isEqualTo(1);
        assertThat(json.at("/entries/0/top/0/label").asText()).isEqualTo("cat");
        assertThat(json.at("/entries/1/problem/code").asText()).isEqualTo("enclave.IMAGE_DAMAGED");
    }

    @Test
    void countsEverySecondAndEveryError() {
        PredictRecorder recorder = new PredictRecorder();
        recorder.started(0);
        recorder.ended(1_500_000, GOOD);
        recorder.ended(2_100_000_000L, BAD);
        PredictStatistics statistics = recorder.statistics();
        assertThat(statistics.throughput())
                .containsExactly(
                        new PredictStatistics.Second(0, 1, 0),
                        new PredictStatistics.Second(1, 0, 0),
                        new PredictStatistics.Second(2, 0, 1));
        assertThat(statistics.errorCount()).isEqualTo(1);
        assertThat(new PredictRecorder().statistics().latency()).isEqualTo(new PredictStatistics.Latency(0, 0, 0, 0));
    }
}
