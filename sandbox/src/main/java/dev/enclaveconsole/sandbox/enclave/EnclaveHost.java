package dev.enclaveconsole.sandbox.enclave;

import dev.enclaveconsole.sandbox.nsm.HostIdentity;
import dev.enclaveconsole.sandbox.nsm.SandboxNsm;
import dev.enclaveconsole.sandbox.nsm.SandboxPki;
import dev.enclaveconsole.sandbox.process.Janitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Starts, lists and ends the enclaves of the sandbox host. Launches wait for each other, as they must on AWS.
public final class EnclaveHost implements AutoCloseable {

    private static final long FIRST_CID = 16;
    private static final int ENDED_KEPT = 8;
    private static final int LAST_LINES_BYTES = 4096;

    private final HostIdentity identity;
    private final EnclaveFolders folders;
    private final CompletableFuture<SandboxPki> pki;
    private final CompletableFuture<Isolation> isolation;
    private final Janitor janitor;
    private final Clock clock;
    private final ResourcePool pool;
    private final ImageCache images;
    private final ReentrantLock launching = new ReentrantLock();
    private final Map<String, Running> running = new LinkedHashMap<>();
    private final List<Enclave> ended = new ArrayList<>();
    private long nextCid = FIRST_CID;

    /// Certificates and the choice of isolation are made beside the caller; the first launch waits for them.
    ///
    /// @param isolation null for the strongest that works here
    public EnclaveHost(
            HostIdentity identity,
            EnclaveFolders folders,
            @Nullable IsolationKind isolation,
            Janitor janitor,
            Clock clock) {
        this.identity = identity;
        this.folders = folders;
        this.pool = new ResourcePool(folders.host());
        this.pki = inBackground(() -> newPki(identity, clock));
        this.isolation = inBackground(() -> Isolation.choose(isolation));
        this.janitor = janitor;
        this.clock = clock;
        this.images = new ImageCache(folders.images());
    }

    private record Running(Enclave enclave, EnclaveProcess process, ResourcePool.Share share) {}

    /// Launches an enclave and returns once it is up.
    ///
    /// @param progress lines for the user on the way
    public Enclave run(LaunchSpec spec, Consumer<String> progress) throws NitroFailure, InterruptedException {
        launching.lockInterruptibly();
        try {
            ResourcePool.Share share = pool.take(spec, sizeOf(spec));
            boolean started = false;
            try {
                progress.accept("Start allocating memory...");
                Running launched = launch(spec, share);
                started = true;
                Enclave enclave = launched.enclave();
                progress.accept("Started enclave with enclave-cid: %d, memory: %d MiB, cpu-ids: %s"
                        .formatted(enclave.cid(), enclave.memoryMib(), enclave.cpuIds()));
                return enclave;
            } finally {
                if (!started) {
                    pool.giveBack(share);
                }
            }
        } finally {
            launching.unlock();
        }
    }

    public synchronized Collection<Enclave> running() {
        return running.values().stream().map(Running::enclave).toList();
    }

    public synchronized Optional<Enclave> find(String id) {
        return Optional.ofNullable(running.get(id)).map(Running::enclave);
    }

    /// Also one that has ended, as long as it is among the latest.
    public synchronized Optional<Enclave> findWithEnded(String id) {
        return find(id).or(() ->
                ended.stream().filter(enclave -> enclave.id().equals(id)).findFirst());
    }

    /// Ends an enclave; nothing happens when it is already gone.
    public void terminate(Enclave enclave) throws InterruptedException {
        Running found;
        synchronized (this) {
            found = running.remove(enclave.id());
            if (found == null) {
                return;
            }
            ended.add(enclave);
            if (ended.size() > ENDED_KEPT) {
                ended.removeFirst();
            }
        }
        try {
            found.process().destroy();
            folders.host().hideEnclave(enclave.id());
        } catch (IOException e) {
            throw new UncheckedIOException("enclave " + enclave.id() + " could not be cleared away", e);
        } finally {
            pool.giveBack(found.share());
        }
    }

    @Override
    public void close() {
        try {
            for (Enclave enclave : running()) {
                terminate(enclave);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static long sizeOf(LaunchSpec spec) throws NitroFailure {
        try {
            return Files.size(spec.eif());
        } catch (IOException e) {
            throw new NitroFailure(
                    19, "Failed to open the EIF file: " + e, spec.eif().toString(), "Open");
        }
    }

    private Running launch(LaunchSpec spec, ResourcePool.Share share) throws NitroFailure, InterruptedException {
        UnpackedImage image = images.open(spec.eif());
        long cid = chooseCid(spec.cid());
        String id = identity.instanceId() + "-enc" + randomHex();
        EnclaveProcess process = start(image, cid, id, spec.debug());
        if (!process.awaitBoot()) {
            String last = process.console().tail(LAST_LINES_BYTES);
            destroy(process);
            throw new NitroFailure(36, "The enclave ended before it was ready. The end of its console:\n" + last);
        }
        Enclave enclave = new Enclave(
                id,
                uniqueName(spec),
                cid,
                share.cpuIds(),
                share.memoryMib(),
                spec.debug(),
                image.measurements(),
                image.metadata(),
                process.processId(),
                process.console());
        Running launched = new Running(enclave, process, share);
        synchronized (this) {
            running.put(id, launched);
        }
        folders.host().showEnclave(id);
        folders.host().log(enclave, clock, "Enclave initialized");
        Thread.ofPlatform().daemon().name("enclave-watch-" + cid).start(() -> watch(launched));
        return launched;
    }

    private EnclaveProcess start(UnpackedImage image, long cid, String id, boolean debug) throws NitroFailure {
        try {
            if (image.command().isEmpty()) {
                throw new NitroFailure(36, "The image names no command (file cmd of its second ramdisk).");
            }
            SandboxNsm nsm = new SandboxNsm(id, image.measurements(), debug, identity, pki.join(), clock);
            return EnclaveProcess.start(cid, image, nsm, isolation.join(), folders, janitor);
        } catch (IOException | GeneralSecurityException e) {
            throw new NitroFailure(36, "The enclave's process could not be started: " + e);
        }
    }

    private static void destroy(EnclaveProcess process) throws NitroFailure, InterruptedException {
        try {
            process.destroy();
        } catch (IOException e) {
            throw new NitroFailure(36, "The failed enclave could not be cleared away: " + e);
        }
    }

    private void watch(Running launched) {
        try {
            launched.process().awaitEnd();
            if (find(launched.enclave().id()).isPresent()) {
                folders.host()
                        .log(
                                launched.enclave(),
                                clock,
                                "Received hang-up event from the enclave. Enclave process will shut down.");
            }
            terminate(launched.enclave());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized long chooseCid(long wanted) throws NitroFailure {
        if (isUsed(wanted)) {
            throw new NitroFailure(33, "NE_START_ENCLAVE: CID " + wanted + " is in use");
        }
        if (wanted != 0) {
            return wanted;
        }
        while (isUsed(nextCid)) {
            nextCid++;
        }
        return nextCid++;
    }

    private boolean isUsed(long cid) {
        return running.values().stream().anyMatch(other -> other.enclave().cid() == cid);
    }

    private synchronized String uniqueName(LaunchSpec spec) {
        String wanted =
                spec.name().isEmpty() ? spec.eif().getFileName().toString().replaceFirst("\\.eif$", "") : spec.name();
        String name = wanted;
        for (int index = 1; isTaken(name); index++) {
            name = wanted + "_" + index;
        }
        return name;
    }

    private boolean isTaken(String name) {
        return running.values().stream()
                .anyMatch(other -> other.enclave().name().equals(name));
    }

    private static SandboxPki newPki(HostIdentity identity, Clock clock) {
        try {
            return SandboxPki.create(identity.instanceId(), clock);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the sandbox's certificates could not be made", e);
        }
    }

    private static <T> CompletableFuture<T> inBackground(Supplier<T> work) {
        return CompletableFuture.supplyAsync(
                work, task -> Thread.ofPlatform().daemon().name("sandbox-start").start(task));
    }

    private static String randomHex() {
        byte[] bytes = new byte[8];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes).substring(1);
    }
}
