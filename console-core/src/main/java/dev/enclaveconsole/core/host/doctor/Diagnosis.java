package dev.enclaveconsole.core.host.doctor;

import java.util.List;
import java.util.Optional;

/// What the doctor found, in the order in which it is best put right.
public record Diagnosis(HostFacts facts, List<Finding> findings) {
    public Diagnosis {
        findings = List.copyOf(findings);
    }

    /// Nothing is a problem and nothing a warning.
    public boolean green() {
        return findings.stream().allMatch(f -> f.severity() == Severity.OK || f.severity() == Severity.UNKNOWN);
    }

    public long count(Severity severity) {
        return findings.stream().filter(f -> f.severity() == severity).count();
    }

    /// What the console can put right, in the order in which it should.
    public List<Fix> fixes() {
        return findings.stream().map(Finding::fix).flatMap(Optional::stream).toList();
    }

    public Optional<Finding> find(String id) {
        return findings.stream().filter(f -> f.id().equals(id)).findFirst();
    }

    /// `2 problems, 3 warnings, 12 ok, 1 not known`
    public String summary() {
        return "%d problems, %d warnings, %d ok, %d not known"
                .formatted(
                        count(Severity.PROBLEM), count(Severity.WARNING), count(Severity.OK), count(Severity.UNKNOWN));
    }
}
