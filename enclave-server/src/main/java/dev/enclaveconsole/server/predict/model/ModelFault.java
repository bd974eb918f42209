package dev.enclaveconsole.server.predict.model;

/// A model folder that cannot be used; the message is one line that names the file and the remedy.
public final class ModelFault extends Exception {
    public ModelFault(String message) {
        super(message, null, false, false);
    }
}
