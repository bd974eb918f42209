package dev.enclaveconsole.core.predict;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.settings.AtomicFiles;
import dev.enclaveconsole.core.trust.VerdictSummary;
import dev.enclaveconsole.protocol.api.Json;
import dev.enclaveconsole.protocol.api.LabelScore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Writes a run as CSV (RFC 4180) or JSON. Cells that a spreadsheet would take for a formula are defused.
final class PredictExport {
    private static final String HEADER = "number,file,started_at,latency_us,model,rank,label,class,score,queue_us,"
            + "decode_us,preprocess_us,infer_us,total_us,error_code,error,trusted,verdict";

    private record Document(VerdictSummary verdict, PredictStatistics statistics, List<PredictEntry> entries) {}

    static void json(Path file, VerdictSummary verdict, PredictStatistics statistics, List<PredictEntry> entries)
            throws ConsoleException {
        try {
            write(
                    file,
                    Json.mapper()
                            .writerWithDefaultPrettyPrinter()
                            .writeValueAsBytes(new Document(verdict, statistics, entries)));
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    static void csv(Path file, VerdictSummary verdict, List<PredictEntry> entries) throws ConsoleException {
        StringBuilder text = new StringBuilder(HEADER).append("\r\n");
        for (PredictEntry entry : entries) {
            rows(entry, verdict)
                    .forEach(row -> text.append(
                                    row.stream().map(PredictExport::cell).collect(Collectors.joining(",")))
                            .append("\r\n"));
        }
        try {
            write(file, text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private static List<List<String>> rows(PredictEntry entry, VerdictSummary verdict) {
        List<List<String>> rows = new ArrayList<>();
        if (entry.top().isEmpty()) {
            rows.add(row(entry, List.of("", "", "", ""), verdict));
        }
        int rank = 1;
        for (LabelScore label : entry.top()) {
            String score = String.format(Locale.ROOT, "%.6f", label.score());
            List<String> cells = List.of(String.valueOf(rank++), label.label(), String.valueOf(label.index()), score);
            rows.add(row(entry, cells, verdict));
        }
        return rows;
    }

    private static List<String> row(PredictEntry entry, List<String> label, VerdictSummary verdict) {
        List<String> cells = new ArrayList<>(List.of(
                String.valueOf(entry.number()),
                entry.file(),
                entry.startedAt().toString(),
                String.valueOf(entry.latencyMicros()),
                entry.model()));
        cells.addAll(label);
        cells.addAll(entry.timings()
                .map(t -> List.of(
                        String.valueOf(t.queue()),
                        String.valueOf(t.decode()),
                        String.valueOf(t.preprocess()),
                        String.valueOf(t.infer()),
                        String.valueOf(t.total())))
                .orElse(List.of("", "", "", "", "")));
        cells.add(entry.problem().map(Problem::code).orElse(""));
        cells.add(entry.problem().map(Problem::sentence).orElse(""));
        cells.add(String.valueOf(verdict.trusted()));
        cells.add(verdict.banner());
        return cells;
    }

    private static String cell(String value) {
        String safe = !value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
        boolean quoted = safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }

    private static void write(Path file, byte[] content) throws IOException {
        AtomicFiles.write(file, content);
    }

    private static ConsoleException failed(Path file, IOException cause) {
        return new ConsoleException(
                Problem.failed(
                        "predict.export-failed",
                        "The results could not be written to " + file + ".",
                        String.valueOf(cause.getMessage()),
                        "Choose another folder."),
                cause);
    }

    private PredictExport() {}
}
