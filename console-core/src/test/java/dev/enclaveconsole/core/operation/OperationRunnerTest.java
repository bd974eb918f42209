package dev.enclaveconsole.core.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OperationRunnerTest {
    @Test
    void endsWithTheValueOrTheProblem() throws InterruptedException {
        try (OperationRunner runner = OperationRunner.onCallersThread()) {
            assertThat(runner.start("value", _ -> 42).await()).isEqualTo(new Outcome.Done<>(42));
            Problem problem = Problem.failed("x", "What.", "Why.", "Remedy.");
            assertThat(runner.start("problem", _ -> {
                                throw new ConsoleException(problem);
                            })
                            .await())
                    .isEqualTo(new Outcome.Failed<>(problem));
            assertThat(runner.start("bug", _ -> {
                                throw new IllegalStateException("bug");
                            })
                            .await())
                    .isInstanceOf(Outcome.Crashed.class);
            assertThat(runner.current()).isEmpty();
        }
    }

    @Test
    void cancelRunsActionsOnceAndEndsAsCancelled() throws InterruptedException {
        try (OperationRunner runner = OperationRunner.onVirtualThreads()) {
            CountDownLatch cancelled = new CountDownLatch(1);
            CountDownLatch registered = new CountDownLatch(1);
            List<String> actions = new ArrayList<>();
            Operation<Integer> operation = runner.start("wait", context -> {
                context.onCancel(() -> actions.add("forgotten")).close();
                try (OperationContext.Registration _ = context.onCancel(() -> {
                    actions.add("kept");
                    cancelled.countDown();
                })) {
                    registered.countDown();
                    cancelled.await();
                    throw new ConsoleException(Problem.failed("closed", "Closed.", "", ""));
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            registered.await();
            assertThat(runner.current()).extracting(Operation::title).containsExactly("wait");
            operation.cancel();
            operation.cancel();
            assertThat(operation.await()).isEqualTo(new Outcome.Cancelled<>());
            assertThat(actions).containsExactly("kept");
        }
    }

    @Test
    void tellsListenersOfStartProgressAndEnd() {
        List<String> heard = new ArrayList<>();
        try (OperationRunner runner = OperationRunner.onCallersThread()) {
            OperationContext.Registration listening = runner.onChange(
                    o -> heard.add(o.state() + " " + o.progress().message()));
            runner.start("work", context -> {
                context.report("half");
                return "";
            });
            listening.close();
            runner.start("more", _ -> "");
        }
        assertThat(heard).containsExactly("RUNNING ", "RUNNING half", "ENDED half");
    }

    @Test
    void hearsOfTheOutcomeBeforeAnyWaiter() throws InterruptedException {
        try (OperationRunner runner = OperationRunner.onVirtualThreads()) {
            List<Outcome<Integer>> outcomes = new ArrayList<>();
            runner.start("work", _ -> 1, outcomes::add).await();
            assertThat(outcomes).containsExactly(new Outcome.Done<>(1));
        }
    }
}
