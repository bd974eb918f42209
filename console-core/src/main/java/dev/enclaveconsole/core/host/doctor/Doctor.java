package dev.enclaveconsole.core.host.doctor;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.host.CommandResult;
import dev.enclaveconsole.core.host.RemoteShell;
import dev.enclaveconsole.core.operation.OperationContext;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Looks at everything an enclave needs of its parent host, by one command that changes nothing.
public final class Doctor {
    private final RemoteShell shell;
    private final Clock clock;

    public Doctor(RemoteShell shell, Clock clock) {
        this.shell = shell;
        this.clock = clock;
    }

    public Diagnosis examine(OperationContext context) throws ConsoleException {
        return examine(Wish.none(), context);
    }

    /// @throws ConsoleException `host.not-examined`, and what the shell throws
    public Diagnosis examine(Wish wish, OperationContext context) throws ConsoleException {
        context.report("Examining the host");
        Instant asked = clock.instant();
        CommandResult result = shell.run(List.of("sh", "-c", ProbeScript.TEXT), context);
        HostFacts facts = HostFacts.of(result.stdout(), asked, clock.instant());
        if (facts.probe().text("end").isEmpty()) {
            throw new ConsoleException(Problem.failed(
                    "host.not-examined",
                    "The host could not be examined.",
                    "Its shell ended early: " + result.stderr().strip(),
                    "Check that the user's commands run in a POSIX shell there."));
        }
        return new Diagnosis(facts, findings(facts, wish));
    }

    private static List<Finding> findings(HostFacts facts, Wish wish) {
        InstanceChecks instance = new InstanceChecks(facts);
        NitroChecks nitro = new NitroChecks(facts);
        AllocatorChecks allocator = new AllocatorChecks(facts, wish);
        BuildChecks build = new BuildChecks(facts);
        WebChecks web = new WebChecks(facts);
        List<Finding> findings = new ArrayList<>();
        findings.addAll(List.of(instance.system(), instance.administrator(), instance.instance(), nitro.nitroCli()));
        findings.addAll(List.of(nitro.blobs(), instance.driver(), nitro.group("ne", "start enclaves")));
        findings.addAll(List.of(allocator.file(), allocator.allocated(), allocator.hugePages(), allocator.cpuPool()));
        findings.addAll(List.of(build.docker(), nitro.group("docker", "build images"), nitro.login()));
        findings.addAll(List.of(nitro.vsockProxy(), web.nginx(), web.site(), web.ports()));
        findings.addAll(List.of(instance.metadataService(), instance.clock(), build.memory(), build.disk()));
        findings.add(nitro.enclaves());
        return findings;
    }
}
