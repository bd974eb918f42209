package dev.enclaveconsole.core.host.doctor;

import java.util.List;

/// nginx and the ports that publish an enclave.
final class WebChecks {
    private final HostFacts facts;
    private final Fixes fixes;

    WebChecks(HostFacts facts) {
        this.facts = facts;
        this.fixes = new Fixes(facts);
    }

    Finding nginx() {
        String version = facts.probe().line("nginx");
        String why = "It publishes an enclave to others; through this console it is reached without.";
        if (version.isEmpty()) {
            Finding missing = Finding.warning("nginx", "nginx is not installed.", why);
            return fixes.nginx().map(missing::fixedBy).orElse(missing);
        }
        HostFacts.Unit unit = facts.unit("nginx");
        return unit.isActive() && unit.isEnabled()
                ? Finding.ok("nginx", "nginx runs (" + version.replaceFirst("^nginx version: ", "") + ").")
                : Finding.warning("nginx", "nginx is installed, but does not run.", why)
                        .fixedBy(fixes.service("nginx", "nginx", unit));
    }

    Finding site() {
        boolean http =
                facts.probe().text("nginx-site").map(NginxSite.HTTP::equals).orElse(false);
        boolean stream =
                facts.probe().text("nginx-stream").map(NginxSite.STREAM::equals).orElse(false);
        if (http && stream) {
            return Finding.ok(
                    "nginx-site", "nginx takes bodies of 50 MB and passes TLS on port 443 through, unopened.");
        }
        boolean any = facts.probe().text("nginx-site").isPresent()
                || facts.probe().text("nginx-stream").isPresent();
        Finding missing = Finding.warning(
                "nginx-site",
                any ? "The console's nginx site was changed." : "nginx has no site for enclaves.",
                "As it comes it refuses bodies above 1 MB (413), and would open TLS that must end in the enclave.");
        return facts.distribution() == Distribution.OTHER
                ? missing.advise("Put it in by hand; see the guide for users.")
                : missing.fixedBy(fixes.nginxSite());
    }

    Finding ports() {
        boolean nginx = facts.unit("nginx").isActive();
        List<Integer> taken = List.of(80, 443).stream().filter(facts::listensOn).toList();
        if (taken.isEmpty()) {
            return Finding.ok("ports", "Nothing listens on port 80 or 443.");
        }
        String ports = String.join(" and ", taken.stream().map(String::valueOf).toList());
        return nginx
                ? Finding.ok("ports", "nginx runs, and ports in use are " + ports + ".")
                : Finding.warning(
                                "ports",
                                "Something other than nginx listens on port " + ports + ".",
                                "nginx could not start, or would serve nobody.")
                        .advise("See who it is, on the host: sudo ss -ltnp");
    }
}
