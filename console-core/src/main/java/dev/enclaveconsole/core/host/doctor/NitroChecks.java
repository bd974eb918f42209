package dev.enclaveconsole.core.host.doctor;

import java.util.List;
import java.util.OptionalInt;

/// nitro-cli, its files, and who may use it.
final class NitroChecks {
    private static final List<String> BLOBS = List.of("cmdline", "init", "nsm.ko");

    private final HostFacts facts;
    private final Fixes fixes;

    NitroChecks(HostFacts facts) {
        this.facts = facts;
        this.fixes = new Fixes(facts);
    }

    Finding nitroCli() {
        String version = facts.probe().line("nitro-cli");
        if (version.startsWith("Nitro CLI")) {
            return Finding.ok("nitro-cli", version + " is installed.");
        }
        Finding missing = version.isEmpty()
                ? Finding.problem("nitro-cli", "nitro-cli is not installed.", "It is what starts enclaves.")
                : Finding.problem("nitro-cli", "nitro-cli does not work: " + version, "It is what starts enclaves.");
        return fixes.nitroCli().map(missing::fixedBy).orElse(missing.advise(Fixes.FROM_SOURCE));
    }

    Finding blobs() {
        List<String> there = facts.probe().lines("blobs");
        boolean kernel = there.stream().anyMatch(f -> f.equals("bzImage") || f.equals("Image"));
        if (kernel && there.containsAll(BLOBS)) {
            return Finding.ok("nitro-blobs", "The enclave kernel and its parts are there.");
        }
        Finding missing = Finding.warning(
                "nitro-blobs",
                "The enclave kernel and its parts are not there (package aws-nitro-enclaves-cli-devel).",
                "Images are built from them, here or on this computer; nitro-cli build-enclave ends with E52 or E48.");
        return fixes.nitroBlobs().map(missing::fixedBy).orElse(missing.advise(Fixes.FROM_SOURCE));
    }

    Finding group(String group, String forWhat) {
        String id = "group-" + group;
        if (facts.isRoot()) {
            return Finding.ok(id, "root needs no group to " + forWhat + ".");
        }
        if (facts.groupsOfAccount().contains(group)) {
            return Finding.ok(id, facts.user() + " is in the group " + group + ".");
        }
        String what = facts.knownGroups().contains(group)
                ? facts.user() + " is not in the group " + group + "."
                : "There is no group " + group + ", and " + facts.user() + " is not in it.";
        String why = "Only its members may " + forWhat + ".";
        Finding missing = group.equals("ne") ? Finding.problem(id, what, why) : Finding.warning(id, what, why);
        return missing.fixedBy(fixes.group(group));
    }

    Finding login() {
        List<String> late = List.of("ne", "docker").stream()
                .filter(g -> facts.groupsOfAccount().contains(g)
                        && !facts.groupsOfLogin().contains(g))
                .toList();
        if (facts.isRoot() || late.isEmpty()) {
            return Finding.ok("login", "This login has the groups of its account.");
        }
        return Finding.warning(
                        "login",
                        "This login is older than its groups: " + String.join(" and ", late) + " came later.",
                        "Linux gives a login its groups when it begins.")
                .advise("Disconnect and connect again.");
    }

    Finding vsockProxy() {
        HostFacts.Unit unit = facts.unit("nitro-enclaves-vsock-proxy");
        if (unit.isActive() && unit.isEnabled()) {
            return Finding.ok("vsock-proxy", "The proxy to KMS runs (vsock port 8000).");
        }
        if (!facts.says("vsock-proxy", "there")) {
            return Finding.warning(
                            "vsock-proxy",
                            "There is no vsock-proxy.",
                            "Through it an enclave reaches KMS; one that needs no key from there works without.")
                    .advise("It comes with nitro-cli.");
        }
        return Finding.warning(
                        "vsock-proxy",
                        "The proxy to KMS does not run" + (unit.isActive() ? " after a restart of the host." : "."),
                        "An enclave that fetches its key from KMS cannot reach it.")
                .fixedBy(fixes.service("vsock-proxy", "nitro-enclaves-vsock-proxy", unit));
    }

    Finding enclaves() {
        OptionalInt running = facts.runningEnclaves();
        if (running.isEmpty()) {
            return Finding.unknown("enclaves", "nitro-cli did not tell which enclaves run.", "");
        }
        return Finding.ok(
                "enclaves",
                switch (running.getAsInt()) {
                    case 0 -> "No enclave runs.";
                    case 1 -> "One enclave runs.";
                    default -> running.getAsInt() + " enclaves run.";
                });
    }
}
