package dev.enclaveconsole.core.enclave;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What nitro-cli's error codes mean and what to do, in the words of this console. Codes and their causes are those of
/// nitro-cli 1.5.0 (`common/document_errors.rs`).
final class NitroErrors {
    record Explanation(String meaning, String remedy) {}

    private static final String REPORT = "Try again; if it stays, look at the log on the host.";
    private static final String COMMAND = "This is an error of the console; please report it with the command shown.";
    private static final String POOL =
            "Choose CPUs of the pool that the allocator sets aside (/etc/nitro_enclaves/allocator.yaml).";
    private static final String BUILD =
            "Check Docker on the host, its free disk and memory, and that the package aws-nitro-enclaves-cli-devel is "
                    + "installed.";
    private static final String CONSOLE = "Only enclaves launched in debug mode have a console; they must still run.";

    private static final Map<String, Explanation> TABLE = table();

    static Optional<Explanation> explain(String code) {
        return Optional.ofNullable(TABLE.get(code));
    }

    private static Map<String, Explanation> table() {
        Map<String, Explanation> t = new HashMap<>();
        processes(t);
        resources(t);
        images(t);
        return Map.copyOf(t);
    }

    private static void put(Map<String, Explanation> t, String code, String meaning, String remedy) {
        t.put(code, new Explanation(meaning, remedy));
    }

    private static void processes(Map<String, Explanation> t) {
        put(t, "E00", "An unspecified error.", REPORT);
        put(t, "E01", "A required argument is missing.", COMMAND);
        put(t, "E02", "Two arguments contradict each other.", COMMAND);
        put(t, "E03", "An argument is not valid.", "Check the values entered.");
        put(t, "E04", "A pair of sockets could not be made.", REPORT);
        put(t, "E05", "The enclave's process could not be started.", REPORT);
        put(t, "E06", "The enclave's process could not become a daemon.", REPORT);
        put(
                t,
                "E07",
                "The folder of the enclaves' sockets cannot be read.",
                "Check that /run/nitro_enclaves exists and belongs to group ne; run the doctor's fixes.");
        put(t, "E08", "A connection to an enclave process is not usable.", REPORT);
        put(t, "E09", "A socket could not be closed.", REPORT);
        put(t, "E10", "A socket's time limit could not be set.", REPORT);
        put(t, "E11", "A socket failed.", REPORT + " An expired signing certificate of the image shows here, too.");
        put(t, "E12", "Waiting for events failed.", REPORT);
        put(t, "E13", "Watching a file failed.", "Raise fs.inotify.max_user_instances on the host.");
        put(t, "E14", "The command is not valid.", COMMAND);
        put(t, "E15", "A lock could not be taken.", REPORT);
        put(t, "E16", "A thread did not end properly.", REPORT);
        put(t, "E17", "A message between nitro-cli's processes was damaged.", REPORT);
        put(
                t,
                "E18",
                "The log file's permissions are wrong.",
                "Check that /var/log/nitro_enclaves is writable for group ne.");
        put(
                t,
                "E19",
                "A file could not be opened: the image or /dev/nitro_enclaves.",
                "Check that the image exists, that the instance was started with enclaves enabled, and that the user is "
                        + "in group ne (a new group needs a new connection).");
        put(t, "E37", "Waiting for the enclave's event failed.", REPORT);
        put(t, "E38", "The command was not carried out.", REPORT);
        put(
                t,
                "E39",
                "The enclave's process did not answer.",
                "Launch one enclave at a time and try again. If the image is signed, check that its certificate has not "
                        + "expired; if it stays, launch in debug mode and read the console.");
        put(t, "E40", "A socket's path is wrong.", REPORT);
        put(t, "E41", "An enclave's process gave no proper answer.", REPORT);
        put(t, "E44", "The enclave's console cannot be reached.", CONSOLE);
        put(t, "E45", "The enclave's console could not be read.", "The enclave has probably ended. " + CONSOLE);
        put(t, "E46", "The enclave's console could not be written.", CONSOLE);
        put(t, "E47", "A number was expected.", COMMAND);
        put(t, "E53", "The host's clock could not be read.", REPORT);
        put(t, "E54", "A signal could not be masked.", REPORT);
        put(t, "E55", "A signal could not be unmasked.", REPORT);
        put(t, "E56", "The log could not be opened.", "Check free space and permissions of /var/log/nitro_enclaves.");
    }

    private static void resources(Map<String, Explanation> t) {
        put(t, "E20", "A CPU is named twice.", POOL);
        put(t, "E21", "A CPU is not in the pool.", POOL);
        put(
                t,
                "E22",
                "The pool has fewer CPUs than were asked for.",
                "Choose fewer CPUs, or enlarge the pool in /etc/nitro_enclaves/allocator.yaml "
                        + "and restart the allocator.");
        put(t, "E23", "A CPU's number is malformed.", POOL);
        put(t, "E24", "A CPU's number is out of range.", POOL);
        put(t, "E25", "A size of memory pages is not supported.", REPORT);
        put(
                t,
                "E26",
                "Too little memory was asked for; an enclave needs at least four times its image's size and 64 MiB.",
                "Choose at least the memory named in the message.");
        put(
                t,
                "E27",
                "The host has not set aside enough memory for enclaves.",
                "Terminate another enclave, choose less memory, or raise memory_mib in "
                        + "/etc/nitro_enclaves/allocator.yaml and restart the allocator.");
        put(t, "E28", "The enclave's handle is not valid.", REPORT);
        put(
                t,
                "E29",
                "The enclave driver refused a request.",
                "If an enclave has just ended, wait some seconds and try again.");
        put(t, "E30", "The image's place in memory could not be found.", REPORT);
        put(
                t,
                "E31",
                "The driver refused a region of memory.",
                "The set-aside memory may be too scattered: restart the allocator, or the host.");
        put(
                t,
                "E32",
                "A CPU could not be given to the enclave.",
                POOL + " Other enclaves may hold them all; whole cores are needed.");
        put(
                t,
                "E33",
                "The driver could not start the enclave: its CPUs are no whole cores, it has less than 64 MiB, or its CID "
                        + "is in use.",
                "Choose an even number of CPUs and at least 64 MiB; look at the log for the driver's error.");
        put(t, "E34", "The sum of memory is too large.", "Choose less memory.");
        put(t, "E42", "Memory could not be mapped.", "Restart the allocator, or the host.");
        put(t, "E43", "Memory could not be unmapped.", REPORT);
    }

    private static void images(Map<String, Explanation> t) {
        put(t, "E35", "The image is not a valid EIF.", "Build or upload the image again.");
        put(
                t,
                "E36",
                "The enclave did not boot in time.",
                "Check that the image's program starts (launch it in debug mode and read its console), that its signing "
                        + "certificate has not expired, and launch one enclave at a time.");
        put(t, "E48", "The image could not be built.", BUILD);
        put(t, "E49", "Docker could not build.", BUILD);
        put(t, "E50", "Docker could not fetch the image.", BUILD);
        put(t, "E51", "NITRO_CLI_ARTIFACTS is not set.", "Set HOME or NITRO_CLI_ARTIFACTS on the host.");
        put(t, "E52", "NITRO_CLI_BLOBS is not set.", BUILD);
        put(t, "E57", "The image's digest could not be computed.", "Check that the image can be read.");
        put(t, "E58", "The enclave's name cannot be used.", "Choose another name.");
        put(
                t,
                "E59",
                "The image's signature is not valid.",
                "Sign the image again with a certificate that is valid now.");
        put(t, "E60", "The image could not be signed.", "Check certificate, key and the right to use the KMS key.");
    }

    private NitroErrors() {}
}
