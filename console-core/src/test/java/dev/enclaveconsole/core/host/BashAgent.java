package dev.enclaveconsole.core.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// An agent archive of the shape of the real one, whose `dial CID PORT` leads to the loopback port in
/// `~/enclaves/CID`.
public final class BashAgent {

    public static Path archive(Path folder) throws IOException, InterruptedException {
        Path content = folder.resolve("agent");
        OpenSshServer.script(content.resolve("bin/parent-agent"), """
                #!/bin/bash
                if [ "$1" = version ]; then echo test; exit 0; fi
                if [ -e "$HOME/enclaves/$2" ] && exec 3<>/dev/tcp/127.0.0.1/$(cat "$HOME/enclaves/$2"); then
                  exec 4<&0
                  cat <&4 >&3 & writer=$!
                  cat <&3 & reader=$!
                  wait -n
                  kill $writer $reader
                  exit 0
                fi 2>/dev/null
                echo "parent-agent: enclave $2 does not answer on port $3" >&2
                exit 4
                """);
        Path archive = folder.resolve("agent.tar.gz");
        Process tar = new ProcessBuilder("tar", "-czf", archive.toString(), "-C", content.toString(), ".")
                .inheritIO()
                .start();
        if (tar.waitFor() != 0) {
            throw new IOException("tar failed");
        }
        return archive;
    }

    public static void route(Path home, int cid, int port) throws IOException {
        Files.createDirectories(home.resolve("enclaves"));
        Files.writeString(home.resolve("enclaves/" + cid), String.valueOf(port));
    }

    private BashAgent() {}
}
