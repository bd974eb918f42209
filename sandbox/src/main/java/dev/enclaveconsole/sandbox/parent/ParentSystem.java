package dev.enclaveconsole.sandbox.parent;

import dev.enclaveconsole.sandbox.nsm.HostIdentity;
import dev.enclaveconsole.sandbox.process.Tools;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// An Amazon Linux 2023 host below a folder: eight CPUs, enclaves enabled, nothing installed for them. Its package
/// manager, accounts and services are small scripts that change its files; its other programs are this machine's.
public final class ParentSystem {
    /// Names the folder that stands for `/` to commands.
    public static final String ROOT_VARIABLE = "ENCLAVE_CONSOLE_HOST_ROOT";

    private static final String PACKAGES_VARIABLE = "SANDBOX_PACKAGES";
    private static final String LOGIN_GROUPS_VARIABLE = "SANDBOX_LOGIN_GROUPS";
    private static final int CPUS = 8;

    /// Programs of this machine that a parent host would have to install, or that would tell of this machine.
    private static final Set<String> HIDDEN = Set.of(
            "docker",
            "nginx",
            "nitro-cli",
            "vsock-proxy",
            "nitro-enclaves-allocator",
            "aws",
            "yum",
            "apt-get",
            "apt-cache",
            "amazon-linux-extras");

    private static final List<String> PROGRAMS = List.of(
            "curl",
            "dnf",
            "getent",
            "gpasswd",
            "groupadd",
            "id",
            "modinfo",
            "modprobe",
            "sudo",
            "systemctl",
            "usermod");

    private static final String CLI = "aws-nitro-enclaves-cli/";
    private static final String BLOBS = "aws-nitro-enclaves-cli-devel/usr/share/nitro_enclaves/blobs/";
    private static final List<String> PACKAGED = List.of(
            CLI + ".post",
            CLI + "etc/nitro_enclaves/allocator.yaml",
            CLI + "etc/nitro_enclaves/vsock-proxy.yaml",
            CLI + "usr/bin/nitro-enclaves-allocator",
            CLI + "usr/bin/vsock-proxy",
            CLI + "usr/lib/systemd/system/nitro-enclaves-allocator.service",
            CLI + "usr/lib/systemd/system/nitro-enclaves-vsock-proxy.service",
            BLOBS + "bzImage",
            BLOBS + "cmdline",
            BLOBS + "init",
            BLOBS + "linuxkit",
            BLOBS + "nsm.ko",
            "docker/.post",
            "docker/usr/bin/docker",
            "docker/usr/lib/systemd/system/docker.service",
            "nginx/.post",
            "nginx/etc/nginx/nginx.conf",
            "nginx/usr/lib/systemd/system/nginx.service",
            "nginx/usr/sbin/nginx",
            "nginx-mod-stream/usr/share/nginx/modules/mod-stream.conf");

    private final ParentFolders folders;

    private ParentSystem(ParentFolders folders) {
        this.folders = folders;
    }

    /// Makes a host on which nothing is installed for enclaves.
    public static ParentSystem bare(ParentFolders folders, HostIdentity identity) throws IOException {
        ParentSystem system = new ParentSystem(folders);
        for (String program : PROGRAMS) {
            unpack("bin/" + program, folders.programs().resolve(program));
        }
        for (String file : PACKAGED) {
            unpack("packages/" + file, folders.packages().resolve(file));
        }
        system.linkMachine();
        system.writeSystem(identity);
        system.writeKernel();
        return system;
    }

    /// Where the executable `nitro-cli` belongs, to be installed with its package.
    public Path nitroCli() {
        return folders.packages().resolve(CLI + "usr/bin/nitro-cli");
    }

    /// Variables of the host's user.
    public Map<String, String> environment() {
        return Map.of(
                "PATH",
                folders.path(),
                ROOT_VARIABLE,
                folders.root().toString(),
                PACKAGES_VARIABLE,
                folders.packages().toString());
    }

    /// Variables of a login that begins now: the groups it gets, and keeps until it ends.
    public Map<String, String> login(String user) {
        StringBuilder groups = new StringBuilder();
        try {
            for (String line : Files.readAllLines(folders.root().resolve("etc/group"))) {
                List<String> fields = List.of(line.split(":", -1));
                if (fields.size() == 4 && List.of(fields.get(3).split(",", -1)).contains(user)) {
                    groups.append(' ').append(fields.getFirst());
                }
            }
        } catch (IOException _) {
            return Map.of();
        }
        return Map.of(LOGIN_GROUPS_VARIABLE, groups.toString());
    }

    /// Installs and starts what enclaves need, with the host's own tools.
    ///
    /// @param environment the user's whole environment
    public void prepare(Map<String, String> environment) throws IOException {
        Path script = folders.programs().resolveSibling("prepare");
        unpack("prepare", script);
        Path log = script.resolveSibling("prepare.log");
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", script.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException("the sandbox host could not be prepared: " + Files.readString(log));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the sandbox host was prepared");
        }
    }

    private void linkMachine() throws IOException {
        Files.createDirectories(folders.machine());
        for (String folder : List.of(Tools.systemPath().split(":", -1))) {
            if (!Files.isDirectory(Path.of(folder))) {
                continue;
            }
            try (DirectoryStream<Path> programs = Files.newDirectoryStream(Path.of(folder))) {
                for (Path program : programs) {
                    Path link = folders.machine().resolve(program.getFileName());
                    if (!HIDDEN.contains(program.getFileName().toString()) && !Files.isSymbolicLink(link)) {
                        Files.createSymbolicLink(link, program);
                    }
                }
            }
        }
    }

    private void writeSystem(HostIdentity identity) throws IOException {
        write("etc/os-release", """
                NAME="Amazon Linux"
                VERSION="2023"
                ID="amzn"
                ID_LIKE="fedora"
                VERSION_ID="2023"
                PRETTY_NAME="Amazon Linux 2023 (sandbox)"
                """);
        write("etc/group", "root:x:0:\nwheel:x:10:ec2-user\n");
        write("sys/class/dmi/id/sys_vendor", "Amazon EC2\n");
        write("sys/class/dmi/id/product_name", "c6a.2xlarge\n");
        write("imds/meta-data/instance-id", identity.instanceId());
        write("imds/meta-data/instance-type", "c6a.2xlarge");
        write("imds/meta-data/placement/region", "eu-west-1");
        Files.createDirectories(folders.root().resolve("etc/modules-load.d"));
        Files.createDirectories(folders.root().resolve("var/log/nitro_enclaves"));
    }

    private void writeKernel() throws IOException {
        for (int cpu = 0; cpu < CPUS; cpu++) {
            String folder = "sys/devices/system/cpu/cpu" + cpu;
            int core = cpu % (CPUS / 2);
            write(folder + "/topology/thread_siblings_list", core + "," + (core + CPUS / 2) + "\n");
            Files.createDirectories(folders.root().resolve(folder).resolve("node0"));
            if (cpu > 0) {
                write(folder + "/online", "1\n");
            }
        }
        String pages = "sys/devices/system/node/node0/hugepages/hugepages-2048kB/";
        write(pages + "nr_hugepages", "0\n");
        write(pages + "free_hugepages", "0\n");
    }

    private void write(String path, String text) throws IOException {
        Path file = folders.root().resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static void unpack(String resource, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        try (InputStream content = ParentSystem.class.getResourceAsStream(resource)) {
            if (content == null) {
                throw new FileNotFoundException("the sandbox's own file " + resource);
            }
            Files.copy(content, file);
        }
        boolean program = file.toString().contains("bin/") || resource.equals("prepare");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
    }
}
