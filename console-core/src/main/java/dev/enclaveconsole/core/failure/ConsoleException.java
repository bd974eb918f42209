package dev.enclaveconsole.core.failure;

/// Carries a [Problem] to whoever shows it. Anything else that is thrown is a bug of ours.
public final class ConsoleException extends Exception {
    private final Problem problem;

    public ConsoleException(Problem problem) {
        super(problem.sentence());
        this.problem = problem;
    }

    public ConsoleException(Problem problem, Throwable cause) {
        super(problem.sentence(), cause);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
