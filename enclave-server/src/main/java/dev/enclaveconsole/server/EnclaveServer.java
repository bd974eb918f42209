package dev.enclaveconsole.server;

import com.fasterxml.jackson.core.JacksonException;
import dev.enclaveconsole.protocol.api.EnclaveConfiguration;
import dev.enclaveconsole.protocol.api.Json;
import dev.enclaveconsole.protocol.api.ModelDescription;
import dev.enclaveconsole.server.attestation.AttestationRoutes;
import dev.enclaveconsole.server.attestation.Attestor;
import dev.enclaveconsole.server.claim.ClaimRoutes;
import dev.enclaveconsole.server.claim.OperatorRegistry;
import dev.enclaveconsole.server.metrics.MetricsRoutes;
import dev.enclaveconsole.server.metrics.ServerMetrics;
import dev.enclaveconsole.server.nsm.Nsm;
import dev.enclaveconsole.server.predict.PredictRoutes;
import dev.enclaveconsole.server.predict.PredictService;
import dev.enclaveconsole.server.predict.WorkerPool;
import dev.enclaveconsole.server.predict.model.ModelFault;
import dev.enclaveconsole.server.predict.model.Models;
import dev.enclaveconsole.server.predict.v2.OpenInferenceRoutes;
import dev.enclaveconsole.server.transport.BodyBudget;
import dev.enclaveconsole.server.transport.HttpService;
import dev.enclaveconsole.server.transport.ListenAddress;
import dev.enclaveconsole.server.transport.Listener;
import dev.enclaveconsole.server.transport.Route;
import dev.enclaveconsole.server.transport.Router;
import dev.enclaveconsole.server.transport.TlsIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The program that runs in the enclave: puts the features together and owns them until it ends.
public final class EnclaveServer implements AutoCloseable {
    private static final String VERSION = "0.1.0";
    private static final int WAITING_REQUESTS_PER_WORKER = 16;
    private static final long BODY_BUDGET_BYTES = 128L << 20;

    private final Models models;
    private final WorkerPool pool;
    private final Attestor attestor;
    private final Listener listener;

    private EnclaveServer(Models models, WorkerPool pool, Attestor attestor, Listener listener) {
        this.models = models;
        this.pool = pool;
        this.attestor = attestor;
        this.listener = listener;
    }

    /// Exits with 1 and one line on stderr when the server cannot start.
    public static void main(String[] arguments) throws InterruptedException {
        try {
            EnclaveServer server = start(
                    ServerEnvironment.from(System.getenv()), HttpService.ConnectionLimits.DEFAULT, System.out::println);
            Instant begun = ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
            System.out.printf(
                    "ready on %s in %d ms, model %s%n",
                    server.address(),
                    Duration.between(begun, Instant.now()).toMillis(),
                    server.models.defaultModel().description().name());
            server.listener.awaitClosed();
        } catch (StartupFailure e) {
            System.err.println("enclave-server: " + e.getMessage());
            System.exit(1);
        }
    }

    /// @param console takes the lines of the enclave's console
    /// @throws StartupFailure when configuration, default model or listen address cannot be used
    public static EnclaveServer start(
            ServerEnvironment environment, HttpService.ConnectionLimits limits, Consumer<String> console)
            throws StartupFailure {
        EnclaveConfiguration configuration = configuration(environment.home().resolve("etc/enclave.json"));
        int workers = configuration.workers() > 0
                ? configuration.workers()
                : Runtime.getRuntime().availableProcessors();
        CompletableFuture<Models> loading = CompletableFuture.supplyAsync(
                () -> load(environment.home().resolve("models"), configuration.defaultModel(), workers),
                task -> Thread.ofPlatform().name("models").start(task));
        TlsIdentity identity = identity();
        var operators = new OperatorRegistry(configuration.access());
        var attestor = new Attestor(Nsm.at(environment.nsm()), identity.spki(), operators::operatorSpkiSha256);
        Models models = loaded(loading);
        models.faults().forEach(fault -> console.accept("left out: " + fault));
        var metrics = new ServerMetrics(console);
        var pool = new WorkerPool(workers, workers * WAITING_REQUESTS_PER_WORKER, metrics::fault);
        metrics.gauge("enclave_queue_requests", "Requests waiting for a worker.", pool::waiting);
        metrics.gauge("enclave_workers", "Prediction workers.", pool::workers);
        metrics.gauge("enclave_busy_workers", "Prediction workers at work.", pool::busy);
        var budget = new BodyBudget(BODY_BUDGET_BYTES);
        metrics.gauge("enclave_body_bytes", "Memory held by request bodies.", budget::usedBytes);
        var router = new Router(routes(models, new PredictService(pool, metrics), operators, attestor, metrics));
        var service = new HttpService(router, budget, operators::permits, limits, metrics);
        try {
            return new EnclaveServer(models, pool, attestor, Listener.open(environment.listen(), identity, service));
        } catch (IOException e) {
            pool.close();
            attestor.close();
            models.close();
            throw new StartupFailure(e.getMessage() + " Set ENCLAVE_LISTEN to an address that is free.");
        }
    }

    private static List<Route> routes(
            Models models,
            PredictService predict,
            OperatorRegistry operators,
            Attestor attestor,
            ServerMetrics metrics) {
        var health = new MetricsRoutes(
                metrics,
                () -> new MetricsRoutes.Health(
                        "ok",
                        models.defaultModel().description().name(),
                        models.descriptions().stream()
                                .map(ModelDescription::name)
                                .toList(),
                        operators.operatorSpkiSha256().isPresent(),
                        models.faults()));
        return Stream.of(
                        new AttestationRoutes(attestor).routes(),
                        new ClaimRoutes(operators, attestor).routes(),
                        new PredictRoutes(models, predict).routes(),
                        new OpenInferenceRoutes(models, predict, VERSION).routes(),
                        health.routes())
                .flatMap(List::stream)
                .toList();
    }

    @SuppressWarnings("ConstantValue") // JSON leaves record components null whatever their type says
    private static EnclaveConfiguration configuration(Path file) throws StartupFailure {
        try {
            EnclaveConfiguration read = Json.mapper().readValue(file.toFile(), EnclaveConfiguration.class);
            if (read.access() == null || read.defaultModel() == null) {
                throw new StartupFailure(file + " lacks access or defaultModel. Add it.");
            }
            return read;
        } catch (JacksonException e) {
            throw new StartupFailure(
                    "%s is no valid configuration: %s. Correct it.".formatted(file, e.getOriginalMessage()));
        } catch (IOException e) {
            throw new StartupFailure(file + " cannot be read. The image must hold it; ENCLAVE_HOME says where.");
        }
    }

    private static TlsIdentity identity() throws StartupFailure {
        try {
            return TlsIdentity.create();
        } catch (GeneralSecurityException e) {
            throw new StartupFailure("No TLS key could be made: " + e.getMessage() + ". The runtime lacks EC keys.");
        }
    }

    private static Models load(Path folder, String defaultModel, int workers) {
        try {
            return Models.load(folder, defaultModel, workers);
        } catch (ModelFault fault) {
            throw new CompletionException(fault);
        }
    }

    private static Models loaded(CompletableFuture<Models> loading) throws StartupFailure {
        try {
            return loading.get();
        } catch (ExecutionException e) {
            throw new StartupFailure(reason(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartupFailure("Interrupted while loading the models. Start again.");
        }
    }

    private static String reason(@Nullable Throwable cause) {
        return cause instanceof ModelFault fault
                ? String.valueOf(fault.getMessage())
                : "The models cannot be loaded: " + cause + ". The image's natives may be missing.";
    }

    /// The address listened on, with the real port.
    public ListenAddress address() {
        return listener.address();
    }

    @Override
    public void close() {
        listener.close();
        pool.close();
        attestor.close();
        models.close();
    }
}
