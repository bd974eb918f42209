package dev.enclaveconsole.core.host;

/// Hears how a connection comes about, step by step. A step that is started and neither passed nor followed by another
/// one is the one that failed.
interface ConnectListener {
    ConnectListener NONE = new ConnectListener() {
        @Override
        public void started(String hop, String step) {}

        @Override
        public void passed(String detail) {}
    };

    void started(String hop, String step);

    /// The step started last.
    void passed(String detail);
}
