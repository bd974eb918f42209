package dev.enclaveconsole.desktop.cli;

import dev.enclaveconsole.core.enclave.EnclavePublisher;
import dev.enclaveconsole.core.enclave.PublicAddress;
import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.predict.PlainHttpPublication;
import dev.enclaveconsole.core.trust.AttestedSession;
import dev.enclaveconsole.core.trust.VerdictSummary;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `enclave publish`: lets clients use an enclave through this console, or through its parent host.
@Command(
        name = "publish",
        description = {
            "Lets other clients use an enclave.",
            "Verifies and claims it first. With --plain-http its prediction interface is opened on this computer until"
                    + " Ctrl-C; with --public the parent host lets TCP connections through to it, until enclave"
                    + " unpublish. Without it the enclave is reached over SSH only."
        })
final class PublishVerb extends Verb {
    @Mixin
    private EnclaveOption target;

    @Option(
            names = "--plain-http",
            description =
                    "Plain HTTP on 127.0.0.1, as old clients speak it. All users and programs of this computer can"
                            + " reach it.")
    private boolean plainHttp;

    @Option(names = "--port", defaultValue = "0", description = "Port to open; a free one if not given.")
    private int port;

    @Option(
            names = "--public",
            description =
                    "A TCP port of the parent host, TLS passed through to the enclave. Shows what would run there;"
                            + " add --yes to run it.")
    private boolean isPublic;

    @Option(
            names = "--listen",
            defaultValue = "0.0.0.0:8443",
            paramLabel = "ADDRESS:PORT",
            description = "Where the parent host takes connections, ${DEFAULT-VALUE} if not given.")
    private String listen;

    @Option(names = "--service", description = "As a systemd service that also starts with the host; needs sudo there.")
    private boolean service;

    @Option(names = "--yes", description = "Do it without asking.")
    private boolean yes;

    @Override
    protected int run(Session session) throws ConsoleException {
        if (plainHttp == isPublic) {
            throw new ConsoleException(Problem.usage(
                    "publish.how",
                    "enclave publish does not know how to publish.",
                    "",
                    "Add either --plain-http, for every user and program of this computer, or --public, for everybody who"
                            + " reaches the parent host."));
        }
        return plainHttp ? onThisComputer(session) : onTheParent(session);
    }

    private int onTheParent(Session session) throws ConsoleException {
        PublicAddress address = PublicAddress.parse(listen);
        EnclaveOption.Found found = target.find(session);
        EnclavePublisher publisher = new EnclavePublisher(found.host());
        String script = publisher.script(found.enclave(), address, service, session.context());
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("listen", address.toString());
        document.put("service", service);
        document.put("enclave", EnclaveView.of(found.enclave()));
        document.put("script", script);
        document.put("published", yes);
        if (!yes) {
            session.output()
                    .answer(
                            document,
                            "This would run on " + found.host().entry().name() + ":\n\n" + script
                                    + "\nEverybody who reaches " + address
                                    + " there can then talk to the enclave. Add --yes to run it.");
            return ExitCode.DONE;
        }
        try (AttestedSession attested = session.console().attest(found.host(), found.enclave(), session.context())) {
            session.output().progress("Runs there:\n" + script);
            publisher.start(script, address, session.context());
            document.put("verdict", VerdictView.of(attested.verdict()));
            session.output()
                    .answer(
                            document,
                            VerdictSummary.of(attested.verdict()).banner() + "\n"
                                    + found.enclave().name() + " answers at " + address + " of "
                                    + found.host().entry().name()
                                    + " (TLS ends in the enclave). End it: console enclave unpublish --port "
                                    + address.port());
            return ExitCode.DONE;
        }
    }

    private int onThisComputer(Session session) throws ConsoleException {
        EnclaveOption.Found found = target.find(session);
        try (AttestedSession attested = session.console().attest(found.host(), found.enclave(), session.context());
                PlainHttpPublication publication =
                        PlainHttpPublication.start(attested.client(), port, session.context())) {
            String banner = VerdictSummary.of(attested.verdict()).banner();
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("address", publication.address());
            document.put("port", publication.port());
            document.put("enclave", EnclaveView.of(found.enclave()));
            document.put("verdict", VerdictView.of(attested.verdict()));
            session.output()
                    .answer(
                            document,
                            banner + "\n" + found.enclave().name() + " answers at " + publication.address()
                                    + "predict/ and " + publication.address() + "v1/predict\n"
                                    + "All users and programs of this computer can reach it. Ctrl-C ends it.");
            session.context().awaitCancel();
            session.output().progress("Ending the publication.");
            return ExitCode.DONE;
        }
    }
}
