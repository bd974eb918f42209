package dev.enclaveconsole.desktop.cli;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.host.HostSession;
import dev.enclaveconsole.core.host.doctor.Diagnosis;
import dev.enclaveconsole.core.host.doctor.Doctor;
import dev.enclaveconsole.core.host.doctor.Severity;
import java.time.Clock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `host doctor`
@Command(
        name = "doctor",
        description = "Examines everything that enclaves need of a host, and changes nothing. Ends with 1 if something"
                + " is a problem, with 0 otherwise.")
final class HostDoctorVerb extends Verb {
    @Parameters(index = "0", paramLabel = "NAME", description = "A host of the list, or sandbox.")
    private String name;

    @Mixin
    private WishOptions wish;

    @Override
    protected int run(Session session) throws ConsoleException {
        HostSession host = session.connect(name);
        Diagnosis diagnosis = new Doctor(host, Clock.systemUTC()).examine(wish.wish(), session.context());
        session.output().answer(DiagnosisView.document(name, diagnosis), DiagnosisView.text(name, diagnosis));
        return diagnosis.count(Severity.PROBLEM) == 0 ? ExitCode.DONE : ExitCode.FAILED;
    }
}
