package dev.enclaveconsole.desktop.cli;

import dev.enclaveconsole.core.enclave.EnclavePublisher;
import dev.enclaveconsole.core.enclave.Publication;
import dev.enclaveconsole.core.failure.ConsoleException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `enclave unpublish`: the enclave is reached over SSH only, again.
@Command(
        name = "unpublish",
        description = "Ends what enclave publish --public began. Open connections may end within ten seconds.")
final class UnpublishVerb extends Verb {
    @Mixin
    private HostOption host;

    @Option(names = "--port", description = "TCP port on the parent host; not needed if there is only one.")
    private Optional<Integer> port;

    @Option(names = "--list", description = "Only lists what is published.")
    private boolean list;

    @Override
    protected int run(Session session) throws ConsoleException {
        EnclavePublisher publisher = new EnclavePublisher(host.connect(session));
        if (list) {
            List<Publication> all = publisher.list(session.context());
            session.output()
                    .answer(
                            Map.of("host", host.name(), "published", all),
                            all.isEmpty()
                                    ? "Nothing is published on " + host.name() + "."
                                    : all.stream().map(UnpublishVerb::line).collect(Collectors.joining("\n")));
            return ExitCode.DONE;
        }
        Publication publication = publisher.require(port, session.context());
        session.output().progress("Runs there:\n" + publisher.stopScript(publication));
        publisher.stop(publication, session.context());
        session.output()
                .answer(Map.of("unpublished", publication), "No longer published at port " + publication.port() + ".");
        return ExitCode.DONE;
    }

    private static String line(Publication publication) {
        return "%d  %s  %s"
                .formatted(publication.port(), publication.service() ? "service" : "process", publication.detail());
    }
}
