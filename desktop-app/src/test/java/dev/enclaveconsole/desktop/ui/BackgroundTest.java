package dev.enclaveconsole.desktop.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.operation.OperationCancelledException;
import dev.enclaveconsole.core.operation.OperationRunner;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BackgroundTest {
    private final Deque<Runnable> window = new ArrayDeque<>();
    private final Background background = new Background(OperationRunner.onCallersThread(), window::add);
    private final List<String> results = new ArrayList<>();

    @Test
    void deliversTheResultOnTheWindowsThread() {
        background.start("list", "Listing", _ -> "one", results::add);
        assertThat(results).isEmpty();
        runWindow();
        assertThat(results).containsExactly("one");
        assertThat(background.running()).isEmpty();
        assertThat(background.history()).hasSize(1);
    }

    @Test
    void onlyTheNewestOfItsKindIsDelivered() {
        background.start("list", "Listing", _ -> "old", results::add);
        background.start("list", "Listing", _ -> "new", results::add);
        background.start("other", "Other", _ -> "other", results::add);
        runWindow();
        assertThat(results).containsExactly("new", "other");
    }

    @Test
    void showsAProblemAsACardAndInTheHistory() {
        Problem problem = Problem.failed("test.broken", "It broke.", "Why.", "Mend it.");
        background.start(
                "x",
                "Breaking",
                _ -> {
                    throw new ConsoleException(problem);
                },
                (String r) -> results.add(r));
        runWindow();
        assertThat(background.failures()).containsExactly(new Failure.Expected(problem));
        assertThat(background.history().getFirst().stateProperty().get()).isEqualTo(TaskLine.State.FAILED);
        assertThat(background.history().getFirst().messageProperty().get()).contains("It broke.");
    }

    @Test
    void givesABugACodeAndNoMessageOfTheException() {
        background.start(
                "x",
                "Crashing",
                _ -> {
                    throw new IllegalStateException("/home/someone/secret.jpg");
                },
                (String r) -> results.add(r));
        runWindow();
        Failure.Bug bug = (Failure.Bug) background.failures().getFirst();
        assertThat(bug.code()).matches("BUG-[0-9A-F]{4}");
        assertThat(bug.report()).contains("IllegalStateException").doesNotContain("secret.jpg");
    }

    @Test
    void cancelledWorkIsNoFailure() {
        background.start(
                "x",
                "Cancelling",
                _ -> {
                    throw new OperationCancelledException();
                },
                (String r) -> results.add(r));
        runWindow();
        assertThat(background.failures()).isEmpty();
        assertThat(background.history().getFirst().stateProperty().get()).isEqualTo(TaskLine.State.CANCELLED);
    }

    @Test
    void keepsTheNewestFailuresOnly() {
        for (int i = 0; i < 5; i++) {
            background.showFailure(new Failure.Expected(Problem.failed("test.n" + i, "No " + i, "", "")));
        }
        assertThat(background.failures()).hasSize(3);
        assertThat(background.failures().getFirst().sentence()).isEqualTo("No 4");
    }

    private void runWindow() {
        while (!window.isEmpty()) {
            window.removeFirst().run();
        }
    }
}
