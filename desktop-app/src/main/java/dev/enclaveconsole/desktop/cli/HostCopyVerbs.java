package dev.enclaveconsole.desktop.cli;

import dev.enclaveconsole.core.failure.ConsoleException;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `host upload` and `host download`: whole files by SFTP, which go on after a broken connection.
final class HostCopyVerbs {

    @Command(name = "upload", description = "Copies a file to a host; goes on where it was if the connection breaks.")
    static final class Upload extends Verb {
        @Parameters(index = "0", paramLabel = "NAME", description = "A host of the list, or sandbox.")
        private String name;

        @Parameters(index = "1", paramLabel = "FILE", description = "A file of this computer.")
        private Path file;

        @Parameters(
                index = "2",
                paramLabel = "REMOTE",
                description = "Its name there; relative to the user's home folder.")
        private String remote;

        @Override
        protected int run(Session session) throws ConsoleException {
            session.connect(name).upload(file, remote, session.context());
            session.output().answer(Map.of("uploaded", remote), "Uploaded " + file + " as " + remote + ".");
            return ExitCode.DONE;
        }
    }

    @Command(
            name = "download",
            description = "Copies a file from a host; goes on where it was if the connection breaks.")
    static final class Download extends Verb {
        @Parameters(index = "0", paramLabel = "NAME", description = "A host of the list, or sandbox.")
        private String name;

        @Parameters(index = "1", paramLabel = "REMOTE", description = "A file there.")
        private String remote;

        @Parameters(index = "2", paramLabel = "FILE", description = "Its name on this computer.")
        private Path file;

        @Override
        protected int run(Session session) throws ConsoleException {
            session.connect(name).download(remote, file, session.context());
            session.output()
                    .answer(Map.of("downloaded", file.toString()), "Downloaded " + remote + " as " + file + ".");
            return ExitCode.DONE;
        }
    }

    private HostCopyVerbs() {}
}
