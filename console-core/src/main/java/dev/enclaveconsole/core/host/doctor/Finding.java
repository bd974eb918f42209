package dev.enclaveconsole.core.host.doctor;

import java.util.Optional;

/// One thing the doctor looked at.
///
/// @param id short and stable, e.g. `allocator-file`
/// @param what what was found, one sentence
/// @param why why it matters; empty where it is plain
/// @param advice what a person has to do, where no command on the host does it; empty if nothing
/// @param fix what the console can do about it
public record Finding(String id, Severity severity, String what, String why, String advice, Optional<Fix> fix) {

    static Finding ok(String id, String what) {
        return new Finding(id, Severity.OK, what, "", "", Optional.empty());
    }

    static Finding unknown(String id, String what, String why) {
        return new Finding(id, Severity.UNKNOWN, what, why, "", Optional.empty());
    }

    static Finding warning(String id, String what, String why) {
        return new Finding(id, Severity.WARNING, what, why, "", Optional.empty());
    }

    static Finding problem(String id, String what, String why) {
        return new Finding(id, Severity.PROBLEM, what, why, "", Optional.empty());
    }

    Finding advise(String text) {
        return new Finding(id, severity, what, why, text, fix);
    }

    Finding fixedBy(Fix offered) {
        return new Finding(id, severity, what, why, advice, Optional.of(offered));
    }
}
