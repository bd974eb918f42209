package dev.enclaveconsole.core.host.doctor;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The machine, its system, and what EC2 says of it.
final class InstanceChecks {
    private static final Pattern TYPE = Pattern.compile("([a-z]+)(\\d+)([a-z-]*)\\.([a-z0-9-]+)");
    private static final double CLOCK_TOLERANCE_SECONDS = 2;
    private static final double CLOCK_LIMIT_SECONDS = 60;

    private final HostFacts facts;

    InstanceChecks(HostFacts facts) {
        this.facts = facts;
    }

    Finding system() {
        String name = facts.osName().isEmpty() ? facts.kernel() : facts.osName() + ", " + facts.kernel();
        return facts.distribution() == Distribution.OTHER
                ? Finding.unknown(
                                "system",
                                "The host runs " + (name.isEmpty() ? "a system that did not tell its name" : name)
                                        + ".",
                                "The console knows the packages of Amazon Linux 2023 and 2, Debian and Ubuntu only.")
                        .advise("Install what is missing by hand; the doctor checks it all the same.")
                : Finding.ok("system", "The host runs " + name + ".");
    }

    Finding administrator() {
        return switch (facts.sudoState()) {
            case "root" -> Finding.ok("sudo", "You are root there.");
            case "free" -> Finding.ok("sudo", facts.user() + " may use sudo without a password.");
            case "none" ->
                Finding.warning(
                                "sudo",
                                "There is no sudo for " + facts.user() + ".",
                                "Nothing can be installed from here.")
                        .advise("Log in as an administrator, or have one run the commands that each fix shows.");
            default ->
                Finding.warning(
                                "sudo",
                                "sudo asks " + facts.user() + " for a password.",
                                "The console runs no command that waits for a password, so it cannot install anything.")
                        .advise("On the host: echo '" + facts.user()
                                + " ALL=(ALL) NOPASSWD:ALL' | sudo tee /etc/sudoers.d/90-" + facts.user()
                                + " – or run the commands that each fix shows by hand.");
        };
    }

    Finding instance() {
        Optional<String> vendor = facts.dmi("sys_vendor");
        String type =
                facts.imds("instance-type").or(() -> facts.dmi("product_name")).orElse("");
        if (vendor.isEmpty()) {
            return Finding.unknown("instance", "The host does not say what machine it is.", "");
        }
        if (!vendor.get().contains("Amazon")) {
            return Finding.problem(
                            "instance",
                            "This is no EC2 instance but a machine by " + vendor.get() + ".",
                            "Nitro Enclaves exist on EC2 only.")
                    .advise("Use an EC2 instance of a type that supports enclaves, c6a.xlarge for example.");
        }
        String against = against(type, facts.allocator().cpus().size());
        return against.isEmpty()
                ? Finding.ok("instance", "EC2 instance, type " + type + ".")
                : Finding.problem("instance", "The instance type " + type + " cannot run enclaves.", against)
                        .advise("Stop the instance, change its type (c6a.xlarge for example), enable enclaves, start"
                                + " it.");
    }

    /// By the rule of AWS's guide: virtualised Nitro types, Intel and AMD from 4 vCPUs, Graviton from 2, no T types.
    /// Empty if nothing is known against it.
    static String against(String type, int cpus) {
        Matcher parts = TYPE.matcher(type);
        if (!parts.matches()) {
            return "";
        }
        if (parts.group(4).startsWith("metal")) {
            return "Bare-metal types have no hypervisor that could make an enclave.";
        }
        if (parts.group(1).equals("t")) {
            return "T types do not support Nitro Enclaves.";
        }
        int least = parts.group(3).startsWith("g") ? 2 : 4;
        return cpus > 0 && cpus < least ? "It has " + cpus + " vCPUs; enclaves need at least " + least + "." : "";
    }

    Finding driver() {
        boolean loaded = facts.says("driver", "loaded");
        if (loaded && facts.says("device", "there")) {
            return Finding.ok("driver", "The kernel's driver is loaded and /dev/nitro_enclaves is there.");
        }
        if (loaded) {
            return Finding.problem(
                            "driver",
                            "The driver is loaded, but there is no /dev/nitro_enclaves.",
                            "Enclaves are not enabled for this instance; nitro-cli would end with E19.")
                    .advise("In EC2: stop the instance, enable enclaves in its instance settings, start it. Enclaves"
                            + " and hibernation exclude each other.");
        }
        Finding missing = Finding.problem(
                "driver",
                "The kernel's driver nitro_enclaves is not loaded.",
                "Without it there is no /dev/nitro_enclaves, and nitro-cli ends with E19.");
        return new Fixes(facts)
                .driver()
                .map(missing::fixedBy)
                .orElse(missing.advise("This kernel has no such driver. Update the kernel, or use Amazon Linux 2023."));
    }

    Finding clock() {
        if (facts.clockAheadSeconds().isEmpty()) {
            return Finding.unknown("clock", "The host's clock could not be read.", "");
        }
        double ahead = facts.clockAheadSeconds().getAsDouble();
        String words = "%.1f s %s".formatted(Math.abs(ahead), ahead < 0 ? "behind" : "ahead of");
        String what = "The host's clock is " + words + " this computer's.";
        List<String> services = List.of("chronyd", "chrony", "systemd-timesyncd");
        boolean kept = services.stream().anyMatch(unit -> facts.unit(unit).isActive());
        String why = "Attestation documents and AWS's signatures count by the clock"
                + (kept ? "." : ", and no time service runs there.");
        if (Math.abs(ahead) <= CLOCK_TOLERANCE_SECONDS) {
            return Finding.ok("clock", "The host's clock agrees with this computer's.");
        }
        Finding off = Math.abs(ahead) > CLOCK_LIMIT_SECONDS
                ? Finding.problem("clock", what, why)
                : Finding.warning("clock", what, why);
        return off.advise("See which of the two is right; on the host: chronyc tracking");
    }

    Finding metadataService() {
        if (facts.imds("v1").isEmpty()) {
            return Finding.unknown(
                    "imds", "EC2's metadata service did not answer.", "It is not this host's, or curl is missing.");
        }
        String hops = facts.imds("options")
                .map(o -> o.split("\\s+", -1)[0])
                .filter(h -> h.matches("\\d{1,2}"))
                .map(h -> "answers travel " + h + " hop" + (h.equals("1") ? "" : "s"))
                .orElse("how many hops answers travel cannot be seen from the host (1 unless set; containers need 2)");
        boolean first = facts.imds("v1").get().startsWith("2");
        if (facts.imds("v2").isEmpty() || first) {
            return Finding.warning(
                            "imds",
                            "EC2's metadata service answers without a token (IMDSv1); " + hops + ".",
                            "Whoever makes a program there fetch an address gets the instance's credentials.")
                    .advise("With your AWS account: aws ec2 modify-instance-metadata-options --http-tokens required"
                            + " --instance-id " + facts.imds("instance-id").orElse("ID"));
        }
        return Finding.ok("imds", "EC2's metadata service asks for tokens (IMDSv2); " + hops + ".");
    }
}
