package dev.enclaveconsole.desktop.cli;

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

/// `enclave publish`: lets clients without attestation use an enclave through this console.
@Command(
        name = "publish",
        description = {
            "Lets clients without attestation use an enclave.",
            "Verifies it and opens its prediction interface on this computer until Ctrl-C."
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

    @Override
    protected int run(Session session) throws ConsoleException {
        if (!plainHttp) {
            throw new ConsoleException(Problem.usage(
                    "publish.how",
                    "enclave publish does not know how to publish.",
                    "",
                    "Add --plain-http; every user and program of this computer can then reach the enclave."));
        }
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
