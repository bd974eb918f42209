package dev.enclaveconsole.core.enclave;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// The scripts that publish and unpublish; what is shown is what runs. All values in them are numbers, addresses and
/// paths of our own.
final class PublishScripts {
    static final int TAKEN = 66;

    private static final String UNIT = "enclave-console-publish@.service";

    static final String LIST = """
            cd "$HOME/.enclave-console/publish" 2>/dev/null && for file in *.pid; do
              grep -q serve "/proc/$(cat "$file" 2>/dev/null)/cmdline" 2>/dev/null || continue
              port=${file%.pid}
              echo "process $port $(head -n 1 "$port.out")"
            done
            for file in "${ENCLAVE_CONSOLE_HOST_ROOT:-}"/etc/enclave-console/publish-*.env; do
              [ -e "$file" ] || continue
              port=${file##*/publish-}; port=${port%.env}
              echo "service $port $(systemctl is-active "enclave-console-publish@$port.service")"
            done
            """;

    private static final String STOP_PROCESS = """
            cd ~/.enclave-console/publish
            pid=$(cat %1$d.pid)
            grep -q serve "/proc/$pid/cmdline" && kill "$pid"
            for try in $(seq 150); do
              kill -0 "$pid" 2>/dev/null || break
              sleep 0.1
            done
            rm -f %1$d.pid %1$d.out %1$d.err
            """;

    private static final String STOP_SERVICE = """
            set -eu
            sudo -n systemctl disable --now enclave-console-publish@%1$d.service
            sudo -n rm -f "${ENCLAVE_CONSOLE_HOST_ROOT:-}/etc/enclave-console/publish-%1$d.env"
            """;

    static String process(String launcher, PublicAddress listen, int cid) {
        return """
            mkdir -p ~/.enclave-console/publish
            cd ~/.enclave-console/publish
            if grep -q serve "/proc/$(cat %2$d.pid 2>/dev/null)/cmdline" 2>/dev/null; then
              head -n 1 %2$d.out >&2; exit %5$d
            fi
            : >%2$d.out
            setsid ~/%1$s serve --listen %3$s --cid %4$d --port %6$d --drain 10 </dev/null >%2$d.out 2>%2$d.err &
            echo $! >%2$d.pid
            for try in $(seq 100); do
              grep -q serving %2$d.out && exit 0
              kill -0 "$(cat %2$d.pid)" 2>/dev/null || break
              sleep 0.1
            done
            cat %2$d.err >&2; rm -f %2$d.pid; exit 1
            """.formatted(launcher, listen.port(), listen, cid, TAKEN, EnclavePublisher.ENCLAVE_PORT);
    }

    /// @param launcher `…/VERSION/bin/parent-agent`
    static String service(String launcher, PublicAddress listen, int cid) {
        String folder = launcher.replaceFirst("/bin/parent-agent$", "");
        String version = folder.substring(folder.lastIndexOf('/') + 1);
        return """
            set -eu
            root=${ENCLAVE_CONSOLE_HOST_ROOT:-}
            if [ -e "$root/etc/enclave-console/publish-%2$d.env" ]; then
              cat "$root/etc/enclave-console/publish-%2$d.env" >&2; exit %5$d
            fi
            sudo -n mkdir -p "$root/opt/enclave-console" "$root/etc/enclave-console" "$root/etc/systemd/system"
            sudo -n cp -rT ~/%1$s "$root/opt/enclave-console/agent-%7$s"
            sudo -n ln -sfn agent-%7$s "$root/opt/enclave-console/agent"
            sudo -n tee "$root/etc/systemd/system/%8$s" >/dev/null <<'UNIT'
            %9$s
            UNIT
            printf 'LISTEN=%%s\\nCID=%%s\\nVSOCK_PORT=%%s\\n' '%3$s' %4$d %6$d |
              sudo -n tee "$root/etc/enclave-console/publish-%2$d.env" >/dev/null
            sudo -n systemctl daemon-reload
            sudo -n systemctl enable --now enclave-console-publish@%2$d.service
            systemctl is-active --quiet enclave-console-publish@%2$d.service
            """.formatted(
                        folder,
                        listen.port(),
                        listen,
                        cid,
                        TAKEN,
                        EnclavePublisher.ENCLAVE_PORT,
                        version,
                        UNIT,
                        unit().strip());
    }

    static String stop(int port, boolean service) {
        return (service ? STOP_SERVICE : STOP_PROCESS).formatted(port);
    }

    private static String unit() {
        try (InputStream unit = Objects.requireNonNull(PublishScripts.class.getResourceAsStream(UNIT))) {
            return new String(unit.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the unit file of this program cannot be read", e);
        }
    }

    private PublishScripts() {}
}
