package dev.enclaveconsole.core.operation;

import java.util.concurrent.CancellationException;

/// The user cancelled the operation.
public final class OperationCancelledException extends CancellationException {}
