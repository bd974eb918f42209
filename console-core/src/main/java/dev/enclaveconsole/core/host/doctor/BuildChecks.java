package dev.enclaveconsole.core.host.doctor;

import java.util.OptionalInt;

/// What `nitro-cli build-enclave` needs of the host.
final class BuildChecks {
    /// From this Docker on, images of the local daemon are not found (aws-nitro-enclaves-cli 629, 746).
    private static final int DOCKER_TRAP = 26;

    private static final long BUILD_MEMORY_MIB = 1024;
    private static final long BUILD_DISK_MIB = 4096;

    private final HostFacts facts;
    private final Fixes fixes;

    BuildChecks(HostFacts facts) {
        this.facts = facts;
        this.fixes = new Fixes(facts);
    }

    Finding docker() {
        OptionalInt major = facts.dockerMajor();
        if (major.isEmpty()) {
            Finding missing = Finding.warning(
                    "docker",
                    "Docker is not installed.",
                    "nitro-cli builds images with it; an image that is uploaded ready-made needs none.");
            return fixes.docker().map(missing::fixedBy).orElse(missing);
        }
        HostFacts.Unit unit = facts.unit("docker");
        if (!unit.isActive()) {
            return Finding.warning(
                            "docker", "Docker is installed, but does not run.", "nitro-cli cannot build: E49 or E50.")
                    .fixedBy(fixes.service("docker", "docker", unit));
        }
        if (major.getAsInt() >= DOCKER_TRAP) {
            return Finding.warning(
                            "docker",
                            "Docker " + major.getAsInt() + " runs.",
                            "From version " + DOCKER_TRAP
                                    + " on, nitro-cli build-enclave does not find local images and" + " ends with E48.")
                    .advise("Build the image elsewhere and upload it, or install Docker 25.");
        }
        return Finding.ok("docker", "Docker " + major.getAsInt() + " runs.");
    }

    Finding memory() {
        if (facts.memoryMib("MemAvailable").isEmpty()) {
            return Finding.unknown("memory", "The host's free memory is not known.", "");
        }
        long free = facts.memoryMib("MemAvailable").getAsLong();
        String what = free + " MiB of memory are free for everything but enclaves.";
        return free >= BUILD_MEMORY_MIB
                ? Finding.ok("memory", what)
                : Finding.warning(
                                "memory",
                                what,
                                "Building an image holds it in memory several times and may end with E48.")
                        .advise("Build elsewhere, set less aside for enclaves, or use a larger instance.");
    }

    Finding disk() {
        if (facts.leastDiskMib().isEmpty()) {
            return Finding.unknown("disk", "The host's free disk space is not known.", "");
        }
        long free = facts.leastDiskMib().getAsLong();
        String what = free + " MiB of disk are free.";
        return free >= BUILD_DISK_MIB
                ? Finding.ok("disk", what)
                : Finding.warning(
                                "disk",
                                what,
                                "An image is built from copies of itself: in Docker, in /tmp, and as EIF.")
                        .advise("Make room: docker system prune shows what Docker can give back.");
    }
}
