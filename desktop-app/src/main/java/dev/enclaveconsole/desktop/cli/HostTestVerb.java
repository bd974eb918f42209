package dev.enclaveconsole.desktop.cli;

import dev.enclaveconsole.core.enclave.EnclaveInfo;
import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.host.CommandResult;
import dev.enclaveconsole.core.host.HostProbe;
import dev.enclaveconsole.core.host.HostSession;
import dev.enclaveconsole.core.host.NegotiatedAlgorithms;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `host test`: how far the way to a host leads, and what is there.
@Command(
        name = "test",
        description = {
            "Tries the way to a host step by step, with times.",
            "resolve, connect, host key, auth (for each host on the way), exec, sftp. Then asks for nitro-cli and the"
                    + " enclaves that run."
        })
final class HostTestVerb extends Verb {
    @Parameters(index = "0", paramLabel = "NAME", description = "A host of the list, or sandbox.")
    private String name;

    @Override
    protected int run(Session session) throws ConsoleException {
        try (HostProbe probe = session.probe(name)) {
            Map<String, Object> document = new LinkedHashMap<>();
            StringBuilder text = new StringBuilder();
            document.put("steps", probe.steps().stream().map(HostTestVerb::step).toList());
            probe.steps().forEach(step -> text.append(line(step)).append('\n'));
            if (probe.problem().isPresent()) {
                Problem problem = probe.problem().get();
                document.put("error", Output.error(problem));
                session.output().answer(document, text.toString());
                session.output().failure(problem);
                return problem.kind().exitCode();
            }
            describe(probe.session().orElseThrow(), session, document, text);
            session.output().answer(document, text.toString());
            return ExitCode.DONE;
        }
    }

    private static void describe(HostSession host, Session session, Map<String, Object> document, StringBuilder text)
            throws ConsoleException {
        NegotiatedAlgorithms negotiated = host.negotiated();
        document.put("host", host.entry());
        document.put("algorithms", negotiated);
        text.append("Encrypted by ").append(negotiated.describe()).append('\n');
        negotiated
                .weaknesses()
                .forEach(weak -> text.append("Weak: ").append(weak).append('\n'));
        document.put(
                "system",
                host.run(List.of("uname", "-srm"), session.context()).stdout().strip());
        CommandResult version = host.run(List.of("nitro-cli", "--version"), session.context());
        if (version.exitCode() != 0) {
            document.put("nitroCli", "");
            text.append("nitro-cli does not work there. See what is missing with: console host doctor ")
                    .append(host.entry().name());
            return;
        }
        List<EnclaveInfo> enclaves = session.console().nitroCli(host).list(session.context());
        document.put("nitroCli", version.stdout().strip());
        document.put("enclaves", enclaves.stream().map(EnclaveView::of).toList());
        text.append("%s is ready: %s, %d running enclave(s)."
                .formatted(host.entry().name(), version.stdout().strip(), enclaves.size()));
    }

    private static Map<String, Object> step(HostProbe.Step step) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("step", step.name());
        document.put("host", step.hop());
        document.put("passed", step.passed());
        document.put("millis", step.took().toNanos() / 1e6);
        document.put("detail", step.detail());
        return document;
    }

    private static String line(HostProbe.Step step) {
        return "%-4s  %-9s %8.1f ms  %s  %s"
                .formatted(
                        step.passed() ? "ok" : "FAIL",
                        step.name(),
                        step.took().toNanos() / 1e6,
                        step.hop(),
                        step.detail());
    }
}
