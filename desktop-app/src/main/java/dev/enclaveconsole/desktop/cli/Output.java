package dev.enclaveconsole.desktop.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.protocol.api.Json;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/// Where a verb's words go: the answer to standard output, once, as text or as one JSON document; progress and
/// failures to standard error.
final class Output {
    private final PrintStream out;
    private final PrintStream err;
    private final boolean json;
    private boolean answered;

    Output(PrintStream out, PrintStream err, boolean json) {
        this.out = out;
        this.err = err;
        this.json = json;
    }

    boolean json() {
        return json;
    }

    /// The verb's one answer.
    ///
    /// @param document written as JSON with `--json`
    /// @param text printed without
    void answer(Object document, String text) {
        if (answered) {
            throw new IllegalStateException("a verb answers once");
        }
        answered = true;
        if (json) {
            write(document);
        } else if (!text.isEmpty()) {
            out.println(Printable.lines(text.stripTrailing()));
        }
        out.flush();
    }

    /// A line that belongs to the answer and comes before it, such as an enclave's console; with `--json` it is
    /// progress.
    void line(String line) {
        (json ? err : out).println(Printable.line(line));
    }

    void progress(String line) {
        err.println(Printable.line(line));
        err.flush();
    }

    /// A problem that does not keep the verb from its answer.
    void warning(Problem problem) {
        err.println(Printable.line(problem.sentence()));
        err.flush();
    }

    void failure(Problem problem) {
        err.println(Printable.indented(problem.what()));
        if (!problem.why().isBlank()) {
            err.println("Why: " + Printable.indented(problem.why()));
        }
        if (!problem.remedy().isBlank()) {
            err.println("Remedy: " + Printable.indented(problem.remedy()));
        }
        if (!problem.details().isBlank()) {
            err.println("Details:");
            problem.details().strip().lines().forEach(line -> err.println("  " + Printable.line(line)));
        }
        err.flush();
        if (json && !answered) {
            answer(Map.of("error", error(problem)), "");
        }
    }

    /// A failure as part of a JSON document.
    static Map<String, String> error(Problem problem) {
        Map<String, String> error = new LinkedHashMap<>();
        error.put("code", problem.code());
        error.put("what", problem.what());
        error.put("why", problem.why());
        error.put("remedy", problem.remedy());
        if (!problem.details().isBlank()) {
            error.put("details", problem.details());
        }
        return error;
    }

    private void write(Object document) {
        try {
            out.println(Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(document));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An answer that JSON cannot hold: " + document.getClass(), e);
        }
    }
}
