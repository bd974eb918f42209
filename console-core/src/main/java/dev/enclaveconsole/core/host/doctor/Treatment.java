package dev.enclaveconsole.core.host.doctor;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.host.RemoteShell;
import dev.enclaveconsole.core.operation.OperationContext;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Puts findings right one after the other, and looks again after each: what one fix brings, the next may need.
public final class Treatment {
    /// Opens a connection in which new groups show.
    @FunctionalInterface
    public interface NewLogin {
        RemoteShell open(OperationContext context) throws ConsoleException;
    }

    /// Sees every fix before it is made, and every line that its commands print.
    public interface Observer {
        /// @return false to leave this one out
        boolean approve(Fix fix);

        /// @return false to leave this one out
        boolean approve(UndoRecord record);

        void printed(String line);
    }

    /// @param made ids of the findings that were treated, in that order
    /// @param declined ids of those that were left out
    public record Result(List<String> made, List<String> declined, Diagnosis after) {
        public Result {
            made = List.copyOf(made);
            declined = List.copyOf(declined);
        }
    }

    private final RemoteShell shell;
    private final Clock clock;
    private final NewLogin newLogin;
    private final Observer observer;

    public Treatment(RemoteShell shell, Clock clock, NewLogin newLogin, Observer observer) {
        this.shell = shell;
        this.clock = clock;
        this.newLogin = newLogin;
        this.observer = observer;
    }

    /// @param wanted ids of findings; empty for all that can be put right
    /// @throws ConsoleException `host.finding-unknown`, and as [Repair#apply]; what was made before stays
    public Result apply(List<String> wanted, Wish wish, OperationContext context) throws ConsoleException {
        Diagnosis now = new Doctor(shell, clock).examine(wish, context);
        checkKnown(wanted, now.findings().stream().map(Finding::id).toList());
        List<String> made = new ArrayList<>();
        List<String> declined = new ArrayList<>();
        boolean login = false;
        Optional<Fix> next = next(now, wanted, made, declined);
        while (next.isPresent()) {
            Fix fix = next.get();
            if (observer.approve(fix)) {
                new Repair(shell).apply(fix, now.facts(), observer::printed, context);
                made.add(fix.id());
                login |= fix.needsNewLogin();
                now = new Doctor(shell, clock).examine(wish, context);
            } else {
                declined.add(fix.id());
            }
            next = next(now, wanted, made, declined);
        }
        if (login) {
            now = new Doctor(newLogin.open(context), clock).examine(wish, context);
        }
        return new Result(made, declined, now);
    }

    /// Takes back what was made, the latest first.
    ///
    /// @param wanted ids of findings; empty for all
    public Result undo(List<String> wanted, OperationContext context) throws ConsoleException {
        Diagnosis now = new Doctor(shell, clock).examine(context);
        checkKnown(wanted, now.findings().stream().map(Finding::id).toList());
        List<String> undone = new ArrayList<>();
        List<String> declined = new ArrayList<>();
        for (UndoRecord record : new Repair(shell).undoable(context)) {
            if (!wanted.isEmpty() && !wanted.contains(record.id())) {
                continue;
            }
            if (observer.approve(record)) {
                new Repair(shell).undo(record, now.facts(), observer::printed, context);
                undone.add(record.id());
            } else {
                declined.add(record.id());
            }
        }
        return new Result(undone, declined, undone.isEmpty() ? now : new Doctor(shell, clock).examine(context));
    }

    private static Optional<Fix> next(Diagnosis now, List<String> wanted, List<String> made, List<String> declined) {
        Set<String> done = new HashSet<>(made);
        done.addAll(declined);
        Predicate<Fix> asked = fix -> wanted.isEmpty() || wanted.contains(fix.id());
        return now.fixes().stream()
                .filter(asked)
                .filter(fix -> !done.contains(fix.id()))
                .findFirst();
    }

    private static void checkKnown(List<String> wanted, List<String> known) throws ConsoleException {
        for (String id : wanted) {
            if (!known.contains(id)) {
                throw new ConsoleException(Problem.usage(
                        "host.finding-unknown",
                        "The doctor has no finding named " + id + ".",
                        "It knows: " + String.join(", ", known) + ".",
                        "Name one of these, or --all."));
            }
        }
    }
}
