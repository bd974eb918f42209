package dev.enclaveconsole.desktop.cli;

import dev.enclaveconsole.core.host.doctor.Diagnosis;
import dev.enclaveconsole.core.host.doctor.Finding;
import dev.enclaveconsole.core.host.doctor.Fix;
import dev.enclaveconsole.core.host.doctor.Severity;
import dev.enclaveconsole.core.host.doctor.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A diagnosis as text and as JSON.
final class DiagnosisView {

    static Map<String, Object> document(String host, Diagnosis diagnosis) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("host", host);
        document.put("green", diagnosis.green());
        Map<String, Long> counts = new LinkedHashMap<>();
        for (Severity severity : Severity.values()) {
            counts.put(word(severity), diagnosis.count(severity));
        }
        document.put("counts", counts);
        document.put(
                "findings",
                diagnosis.findings().stream().map(DiagnosisView::finding).toList());
        return document;
    }

    static Map<String, Object> fix(Fix fix) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("title", fix.title());
        json.put("commands", steps(fix.steps()));
        json.put("undo", steps(fix.undo()));
        json.put("needsNewLogin", fix.needsNewLogin());
        return json;
    }

    /// One block per finding: severity, id and what; why, and what to do, below it where it is not ok.
    static String text(String host, Diagnosis diagnosis) {
        StringBuilder text = new StringBuilder();
        for (Finding finding : diagnosis.findings()) {
            text.append("%-8s %-15s %s%n".formatted(word(finding.severity()), finding.id(), finding.what()));
            if (finding.severity() != Severity.OK) {
                line(text, "why", finding.why());
                line(text, "do", finding.advice());
                finding.fix().ifPresent(fix -> line(text, "fix", "console host fix " + host + " " + fix.id()));
            }
        }
        text.append('\n').append(host).append(": ").append(diagnosis.summary()).append('.');
        if (!diagnosis.fixes().isEmpty()) {
            text.append(" What can be fixed: console host fix ").append(host).append(" --all");
        }
        return text.toString();
    }

    static String word(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }

    private static void line(StringBuilder text, String word, String content) {
        if (!content.isBlank()) {
            text.append("%25s%s: %s%n".formatted("", word, content));
        }
    }

    private static Map<String, Object> finding(Finding finding) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", finding.id());
        json.put("severity", word(finding.severity()));
        json.put("what", finding.what());
        json.put("why", finding.why());
        json.put("advice", finding.advice());
        finding.fix().ifPresent(fix -> json.put("fix", fix(fix)));
        return json;
    }

    private static List<Map<String, String>> steps(List<Step> steps) {
        return steps.stream()
                .map(step -> Map.of("says", step.says(), "command", step.command()))
                .toList();
    }

    private DiagnosisView() {}
}
