package dev.enclaveconsole.core.enclave;

import com.fasterxml.jackson.databind.JsonNode;
import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.host.CommandResult;
import dev.enclaveconsole.core.host.RemoteShell;
import dev.enclaveconsole.core.operation.OperationContext;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Enclaves of one host from the plan of a launch to what is left of them: launches one at a time per host, keeps the
/// consoles of debug enclaves, notices those that vanish.
public final class EnclaveLifecycle {
    private static final Duration BUSY_PAUSE = Duration.ofSeconds(1);
    private static final int E29_RETRIES = 5;

    private final String hostName;
    private final NitroCli nitro;
    private final RemoteShell shell;
    private final ResourceReader resources;
    private final ConsoleCapture capture;
    private final PostMortem postMortem;
    private final ConsoleArchive archive;
    private final Clock clock;

    public EnclaveLifecycle(String hostName, RemoteShell shell, ConsoleArchive archive, Clock clock) {
        this.hostName = hostName;
        this.nitro = new NitroCli(shell);
        this.shell = shell;
        this.resources = new ResourceReader(shell);
        this.capture = new ConsoleCapture(shell);
        this.postMortem = new PostMortem(shell, clock);
        this.archive = archive;
        this.clock = clock;
    }

    /// The enclaves that run, and those that were known to run and no longer do without anybody here having ended
    /// them.
    ///
    /// @param vanished each is told once
    public record Listing(List<EnclaveInfo> running, List<SavedEnclave> vanished) {}

    public NitroCli nitroCli() {
        return nitro;
    }

    public ConsoleArchive archive() {
        return archive;
    }

    /// What a plan for this image is worked out from, now.
    public LaunchFacts facts(String image, OperationContext context) throws ConsoleException {
        List<Integer> used = nitro.list(context).stream()
                .flatMap(enclave -> enclave.cpuIds().stream())
                .toList();
        return resources.read(NitroCli.imagePath(image), used, context);
    }

    public LaunchPlan plan(LaunchRequest request, OperationContext context) throws ConsoleException {
        return facts(request.image(), context).plan(request);
    }

    /// Launches if the plan allows it. Waits while another launch runs on the host, whoever started it, and tries
    /// again while the driver is busy with an enclave that has just ended (E29).
    ///
    /// @throws ConsoleException `launch.E…` if it would fail, `nitro.…`
    public EnclaveInfo launch(LaunchRequest request, OperationContext context) throws ConsoleException {
        LaunchPlan plan = plan(request, context);
        if (!plan.launchable()) {
            throw new ConsoleException(plan.problem());
        }
        context.report("Launching " + request.image());
        CommandResult result = runAlone(request, context);
        String what = "The enclave could not be launched from " + request.image() + ".";
        List<JsonNode> answer = nitro.answer(result, "run-enclave", what, context);
        EnclaveInfo launched = nitro.launched(answer, context);
        archive.put(List.of(SavedEnclave.of(hostName, launched, clock.instant())));
        return launched;
    }

    private CommandResult runAlone(LaunchRequest request, OperationContext context) throws ConsoleException {
        List<String> command = LaunchCommand.of(nitro.runCommand(request), request.debug());
        int refusals = 0;
        while (true) {
            CommandResult result = shell.run(command, context);
            if (result.exitCode() == LaunchCommand.BUSY) {
                context.report("Another launch runs on " + hostName + "; waiting for it");
                pause(BUSY_PAUSE, context);
                continue;
            }
            boolean busyDriver = NitroError.first(result)
                    .filter(error -> result.exitCode() != 0 && error.code().equals("E29"))
                    .isPresent();
            if (!busyDriver || refusals == E29_RETRIES) {
                return result;
            }
            refusals++;
            context.report("The driver is busy with an enclave that just ended (E29); trying again in " + refusals
                    + " s, at most " + (E29_RETRIES - refusals) + " times more");
            pause(Duration.ofSeconds(refusals), context);
        }
    }

    public Listing list(OperationContext context) throws ConsoleException {
        List<SavedEnclave> known = archive.list();
        List<EnclaveInfo> running = nitro.list(context);
        Set<String> ids = running.stream().map(EnclaveInfo::id).collect(Collectors.toSet());
        List<SavedEnclave> vanished = new ArrayList<>();
        for (SavedEnclave saved : known) {
            if (saved.end().isEmpty() && !ids.contains(saved.id())) {
                keepConsole(saved, context);
                vanished.add(saved.ended(postMortem.examine(saved, context)));
            }
        }
        List<SavedEnclave> changed = new ArrayList<>();
        changed.addAll(vanished);
        running.stream()
                .filter(enclave -> known.stream().noneMatch(saved -> saved.id().equals(enclave.id())))
                .forEach(enclave -> changed.add(SavedEnclave.of(hostName, enclave, clock.instant())));
        archive.put(changed);
        return new Listing(running, List.copyOf(vanished));
    }

    public void terminate(EnclaveInfo enclave, OperationContext context) throws ConsoleException {
        nitro.terminate(enclave.id(), context);
        settle(List.of(enclave), context);
    }

    /// @return those that ran
    public List<EnclaveInfo> terminateAll(OperationContext context) throws ConsoleException {
        List<EnclaveInfo> running = nitro.list(context);
        if (!running.isEmpty()) {
            nitro.terminateAll(context);
            settle(running, context);
        }
        return running;
    }

    private void settle(List<EnclaveInfo> ended, OperationContext context) throws ConsoleException {
        List<SavedEnclave> saved = new ArrayList<>();
        List<SavedEnclave> known = archive.list();
        for (EnclaveInfo enclave : ended) {
            SavedEnclave entry = known.stream()
                    .filter(s -> s.id().equals(enclave.id()))
                    .findFirst()
                    .orElseGet(() -> SavedEnclave.of(hostName, enclave, clock.instant()));
            keepConsole(entry, context);
            saved.add(entry.ended(
                    new EnclaveEnd(clock.instant(), EnclaveEnd.Kind.TERMINATED, "This console terminated it.", "")));
        }
        archive.put(saved);
    }

    /// Runs `onChange` whenever an enclave of the host starts or ends; returns when the operation is cancelled.
    public void watch(Runnable onChange, OperationContext context) throws ConsoleException {
        new EnclaveWatch(shell).run(onChange, context);
    }

    /// Hands on the console of a debug enclave from its first line and saves it; returns when the enclave ends or the
    /// operation is cancelled.
    ///
    /// @throws ConsoleException `nitro.E44` if it is no debug enclave
    public void console(EnclaveInfo enclave, Consumer<String> onLine, OperationContext context)
            throws ConsoleException {
        if (!enclave.debug()) {
            throw new ConsoleException(new NitroError("E44", "It was not launched in debug mode.", Optional.empty())
                    .problem("The console of " + enclave.name() + " cannot be read.", ""));
        }
        try (ConsoleArchive.Recorder recorder = archive.recorder(enclave.id())) {
            capture.follow(
                    enclave.id(),
                    line -> {
                        recorder.add(line);
                        onLine.accept(line);
                    },
                    context);
        }
    }

    /// Fetches what the host has captured since, for reading later.
    private void keepConsole(SavedEnclave enclave, OperationContext context) throws ConsoleException {
        if (enclave.debug()) {
            try (ConsoleArchive.Recorder recorder = archive.recorder(enclave.id())) {
                capture.read(enclave.id(), recorder::add, context);
            }
        }
    }

    private static void pause(Duration time, OperationContext context) {
        context.checkCancelled();
        Thread waiting = Thread.currentThread();
        try (OperationContext.Registration _ = context.onCancel(waiting::interrupt)) {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            context.checkCancelled();
            Thread.currentThread().interrupt();
        }
        context.checkCancelled();
    }
}
