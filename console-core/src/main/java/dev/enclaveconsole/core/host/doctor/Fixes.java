package dev.enclaveconsole.core.host.doctor;

import dev.enclaveconsole.core.host.allocator.AllocatorEdit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes the fixes for one host: its distribution's commands, its paths, sudo where it is needed.
final class Fixes {
    static final String FROM_SOURCE =
            "This distribution has no package of it. Build it from github.com/aws/aws-nitro-enclaves-cli as its guide for"
                    + " Ubuntu says, or use Amazon Linux 2023.";

    private static final String CLI = "aws-nitro-enclaves-cli";
    private static final String ALLOCATOR = "nitro-enclaves-allocator.service";

    private final HostFacts facts;
    private final String sudo;

    Fixes(HostFacts facts) {
        this.facts = facts;
        this.sudo = facts.sudo();
    }

    Optional<Fix> nitroCli() {
        return facts.distribution() == Distribution.AMAZON_LINUX_2
                ? packages("nitro-cli", "Install nitro-cli", "extra:" + CLI)
                : hasNitroPackage() ? packages("nitro-cli", "Install nitro-cli", CLI) : Optional.empty();
    }

    Optional<Fix> nitroBlobs() {
        return hasNitroPackage()
                ? packages("nitro-blobs", "Install the enclave kernel", CLI + "-devel")
                : Optional.empty();
    }

    private boolean hasNitroPackage() {
        String candidate = facts.probe().line("candidate");
        return facts.distribution() != Distribution.DEBIAN || (!candidate.isEmpty() && !candidate.equals("(none)"));
    }

    /// Loads the driver now and at every start of the host.
    Optional<Fix> driver() {
        String file = path("/etc/modules-load.d/enclave-console.conf");
        List<Step> load = List.of(
                new Step("Load the driver", sudo + "modprobe nitro_enclaves"),
                new Step("Load it at every start", "echo nitro_enclaves | " + sudo + "tee " + file + " >/dev/null"));
        List<Step> undo = List.of(new Step("Load it no longer at every start", sudo + "rm -f " + file));
        if (facts.says("driver", "available")) {
            return Optional.of(new Fix("driver", "Load the driver", load, undo, false));
        }
        if (!facts.osName().startsWith("Ubuntu")) {
            return Optional.empty();
        }
        List<Step> steps = new ArrayList<>(Distribution.DEBIAN.install(sudo, List.of("linux-modules-extra-aws")));
        steps.addAll(load);
        return Optional.of(new Fix("driver", "Install and load the driver", steps, undo, false));
    }

    Fix group(String group) {
        List<Step> steps = new ArrayList<>();
        if (!facts.knownGroups().contains(group)) {
            steps.add(new Step("Make the group", sudo + "groupadd -r -f " + group));
        }
        steps.add(new Step("Put " + facts.user() + " into it", sudo + "usermod -aG " + group + " " + facts.user()));
        List<Step> undo = List.of(
                new Step("Take " + facts.user() + " out of it", sudo + "gpasswd -d " + facts.user() + " " + group));
        return new Fix("group-" + group, "Put " + facts.user() + " into the group " + group, steps, undo, true);
    }

    Fix allocatorFile(int memoryMib, int cpus) {
        String file = path("/etc/nitro_enclaves/allocator.yaml");
        Optional<String> old = facts.allocator().fileText();
        List<Step> steps = new ArrayList<>();
        List<Step> undo = new ArrayList<>();
        if (old.isPresent()) {
            String backup = file + "." + facts.stamp();
            steps.add(new Step("Keep the file as it is", sudo + "cp -p " + file + " " + backup));
            undo.add(new Step("Put the old file back", sudo + "mv -f " + backup + " " + file));
        } else {
            steps.add(new Step("Make its folder", sudo + "mkdir -p " + path("/etc/nitro_enclaves")));
            undo.add(new Step("Remove the file", sudo + "rm -f " + file));
        }
        String text = AllocatorEdit.withCount(old.orElse(""), memoryMib, cpus);
        steps.add(write("Ask for %d MiB and %d CPUs".formatted(memoryMib, cpus), file, text));
        return new Fix("allocator-file", "Ask for %d MiB and %d CPUs".formatted(memoryMib, cpus), steps, undo, false);
    }

    /// Restarts the allocator; its first step stops the fix while an enclave runs.
    Fix allocator() {
        String none = "test \"$(" + sudo + "nitro-cli describe-enclaves | tr -d '[:space:]')\" = '[]'";
        Step guard = new Step("Go on only if no enclave runs", none);
        List<Step> steps = List.of(
                guard,
                new Step("Set memory and CPUs aside", sudo + "systemctl restart " + ALLOCATOR),
                new Step("Do so at every start of the host", sudo + "systemctl enable " + ALLOCATOR));
        List<Step> undo = new ArrayList<>();
        if (!facts.unit("nitro-enclaves-allocator").isEnabled()) {
            undo.add(new Step("Set nothing aside at the next start", sudo + "systemctl disable " + ALLOCATOR));
        }
        undo.add(guard);
        String pages = path("/sys/devices/system/node") + "/node*/hugepages/hugepages-*/nr_hugepages";
        undo.add(new Step(
                "Give the memory back", "for f in " + pages + "; do echo 0 | " + sudo + "tee \"$f\" >/dev/null; done"));
        undo.add(new Step(
                "Give the CPUs back",
                "echo | " + sudo + "tee " + path("/sys/module/nitro_enclaves/parameters/ne_cpus") + " >/dev/null"));
        return new Fix("allocator", "Set memory and CPUs aside", steps, undo, false);
    }

    Optional<Fix> docker() {
        String name = facts.distribution() == Distribution.DEBIAN ? "docker.io" : "docker";
        return packages("docker", "Install and start Docker", name).map(fix -> started(fix, "docker"));
    }

    Optional<Fix> nginx() {
        List<String> names = switch (facts.distribution()) {
            case AMAZON_LINUX_2023 -> List.of("nginx", "nginx-mod-stream");
            case AMAZON_LINUX_2 -> List.of("extra:nginx", "nginx-mod-stream");
            case DEBIAN -> List.of("nginx", "libnginx-mod-stream");
            case OTHER -> List.of();
        };
        return packages("nginx", "Install and start nginx", names.toArray(String[]::new))
                .map(fix -> started(fix, "nginx"));
    }

    Fix nginxSite() {
        boolean debian = facts.distribution() == Distribution.DEBIAN;
        String site = path("/etc/nginx/conf.d/enclave-console.conf");
        String stream = path(
                debian
                        ? "/etc/nginx/modules-enabled/90-enclave-console.conf"
                        : "/usr/share/nginx/modules/zz-enclave-console.conf");
        List<Step> steps = new ArrayList<>();
        List<Step> undo = new ArrayList<>();
        steps.add(write("Take bodies of 50 MB on port 80", site, NginxSite.HTTP));
        steps.add(write("Pass TLS on port 443 through", stream, NginxSite.STREAM));
        undo.add(new Step("Remove the two files", sudo + "rm -f " + site + " " + stream));
        if (debian && facts.says("nginx-default", "there")) {
            String link = path("/etc/nginx/sites-enabled/default");
            steps.add(new Step("Take the packaged page off port 80", sudo + "rm -f " + link));
            undo.add(new Step("Put the packaged page back", sudo + "ln -s ../sites-available/default " + link));
        }
        Step check = new Step("Let nginx check its files", sudo + "nginx -t");
        Step load = new Step("Load them", sudo + "systemctl reload-or-restart nginx");
        steps.addAll(List.of(check, load));
        undo.addAll(List.of(check, load));
        return new Fix("nginx-site", "Let nginx pass TLS through to enclaves", steps, undo, false);
    }

    /// Starts a service now and at every start of the host.
    Fix service(String id, String unit, HostFacts.Unit before) {
        String undo = before.isActive() ? "systemctl disable " : "systemctl disable --now ";
        return new Fix(
                id,
                "Start " + unit,
                List.of(new Step("Start " + unit + ", also at every start", sudo + "systemctl enable --now " + unit)),
                List.of(new Step("Stop " + unit, sudo + undo + unit)),
                false);
    }

    private Optional<Fix> packages(String id, String title, String... names) {
        List<String> packages = List.of(names);
        List<Step> steps = facts.distribution().install(sudo, packages);
        return steps.isEmpty()
                ? Optional.empty()
                : Optional.of(new Fix(id, title, steps, facts.distribution().remove(sudo, packages), false));
    }

    private Fix started(Fix install, String unit) {
        List<Step> steps = new ArrayList<>(install.steps());
        steps.add(new Step("Start it, also at every start", sudo + "systemctl enable --now " + unit));
        List<Step> undo = new ArrayList<>();
        undo.add(new Step("Stop it", sudo + "systemctl disable --now " + unit));
        undo.addAll(install.undo());
        return new Fix(install.id(), install.title(), steps, undo, false);
    }

    private Step write(String says, String file, String text) {
        String end = "EOF";
        while (text.lines().toList().contains(end)) {
            end += "_";
        }
        return new Step(says, sudo + "tee " + file + " >/dev/null <<'" + end + "'\n" + text + end);
    }

    /// A path as it is on this host; none of ours needs quoting.
    private String path(String absolute) {
        return facts.root() + absolute;
    }
}
