package dev.enclaveconsole.core.host.doctor;

import dev.enclaveconsole.core.host.allocator.AllocatorFacts;
import dev.enclaveconsole.core.host.allocator.ProbeText;

/// The one command with which the doctor looks at a host. It changes nothing, needs no more than a POSIX shell, and
/// says nothing about what it cannot see. Nothing in it waits longer than a few seconds.
final class ProbeScript {
    private static final String ACCOUNT = """
            LC_ALL=C; export LC_ALL
            PATH=$PATH:$R/usr/local/sbin:$R/usr/sbin:$R/sbin
            T=; command -v timeout >/dev/null 2>&1 && T='timeout 8'
            has() { command -v "$1" >/dev/null 2>&1; }
            s start; date +%s.%N
            s root; echo "$R"
            s kernel; uname -srm
            s os; cat "$R/etc/os-release" 2>/dev/null
            s user; id -un
            s uid; id -u
            s groups-now; id -Gn
            s groups-set; id -Gn "$(id -un)"
            s groups; getent group ne docker | cut -d: -f1
            s sudo
            if [ "$(id -u)" = 0 ]; then echo root; elif ! has sudo; then echo none
            elif sudo -n true >/dev/null 2>&1; then echo free; else echo password; fi
            """;

    private static final String INSTANCE = """
            s dmi
            for k in sys_vendor product_name; do
              [ -r "$R/sys/class/dmi/id/$k" ] && echo "$k=$(cat "$R/sys/class/dmi/id/$k")"
            done
            s imds
            M=http://169.254.169.254/latest
            c() { curl -s -m 2 --noproxy '*' "$@"; }
            case $(cat "$R/sys/class/dmi/id/sys_vendor" 2>/dev/null) in *Amazon*) if has curl; then
              t=$(c -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' "$M/api/token" | grep -v '<')
              echo "v1=$(c -o /dev/null -w '%{http_code}' "$M/meta-data/instance-id")"
              if [ -n "$t" ]; then
                echo v2=yes
                for k in instance-id instance-type placement/region; do
                  v=$(printf 'header = "X-aws-ec2-metadata-token: %s"\\n' "$t" | c -K - "$M/meta-data/$k")
                  echo "$k=$v"
                  case $k in instance-id) i=$v ;; placement/region) g=$v ;; esac
                done
                unset t
                has aws && echo "options=$($T aws ec2 describe-instances --region "$g" --instance-ids "$i" \\
                  --query 'Reservations[0].Instances[0].[MetadataOptions.HttpPutResponseHopLimit,EnclaveOptions.Enabled]' \\
                  --output text 2>/dev/null </dev/null)"
              fi
            fi ;; esac
            """;

    private static final String NITRO = """
            s driver; [ -d "$R/sys/module/nitro_enclaves" ] && echo loaded
            has modinfo && modinfo -n nitro_enclaves >/dev/null 2>&1 && echo available
            s device; [ -e "$R/dev/nitro_enclaves" ] && echo there
            s nitro-cli; has nitro-cli && { $T nitro-cli --version 2>&1 || echo broken; }
            s enclaves; has nitro-cli && $T nitro-cli describe-enclaves 2>/dev/null && echo '##end'
            s blobs; ls "${NITRO_CLI_BLOBS:-$R/usr/share/nitro_enclaves/blobs}" 2>/dev/null
            s units
            has systemctl && for u in nitro-enclaves-allocator nitro-enclaves-vsock-proxy docker nginx \\
              chronyd chrony systemd-timesyncd; do
              echo "$u $(systemctl is-active "$u" 2>/dev/null | head -n 1) $(systemctl is-enabled "$u" 2>/dev/null | head -n 1)"
            done
            """;

    private static final String BUILDS = """
            s docker; has docker && $T docker --version 2>/dev/null
            s docker-server; has docker && $T docker version --format '{{.Server.Version}}' 2>/dev/null
            s memory; grep -E '^(MemTotal|MemAvailable|HugePages_Total|Hugepagesize):' /proc/meminfo
            s disk; df -Pk / /tmp "$HOME" 2>/dev/null | tail -n +2
            s vsock-proxy; has vsock-proxy && echo there
            s nginx; has nginx && nginx -v 2>&1
            for f in conf.d/enclave-console.conf; do
              [ -e "$R/etc/nginx/$f" ] && s nginx-site && cat "$R/etc/nginx/$f"
            done
            for f in "$R/usr/share/nginx/modules/zz-enclave-console.conf" \\
              "$R/etc/nginx/modules-enabled/90-enclave-console.conf"; do
              [ -e "$f" ] && s nginx-stream && cat "$f"
            done
            s nginx-default; [ -h "$R/etc/nginx/sites-enabled/default" ] && echo there
            s listening; cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | awk '$4 == "0A" { print $2 }'
            s candidate
            has apt-cache && apt-cache policy aws-nitro-enclaves-cli 2>/dev/null | sed -n 's/^ *Candidate: *//p'
            s undo; ls "$HOME/.enclave-console/doctor" 2>/dev/null
            s end; date +%s.%N
            exit 0
            """;

    static final String TEXT =
            ProbeText.ROOT + ProbeText.FUNCTION + ACCOUNT + INSTANCE + NITRO + AllocatorFacts.SCRIPT + BUILDS;

    private ProbeScript() {}
}
