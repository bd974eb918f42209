package dev.enclaveconsole.desktop.predict;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import dev.enclaveconsole.protocol.api.PhaseTimings;
import java.util.List;

/// Where the time of one request went, as the user waited for it.
final class Phases {

    /// @param style last part of the style class
    record Phase(String name, String style, long micros) {}

    /// Network with SSH and TLS is what the enclave did not see; `other` what it spent between its phases.
    static List<Phase> of(long latencyMicros, PhaseTimings inside) {
        long known = inside.queue() + inside.decode() + inside.preprocess() + inside.infer();
        return List.of(
                new Phase(text("phase.network"), "network", Math.max(0, latencyMicros - inside.total())),
                new Phase(text("phase.queue"), "queue", inside.queue()),
                new Phase(text("phase.decode"), "decode", inside.decode()),
                new Phase(text("phase.preprocess"), "preprocess", inside.preprocess()),
                new Phase(text("phase.infer"), "infer", inside.infer()),
                new Phase(text("phase.other"), "other", Math.max(0, inside.total() - known)));
    }

    private Phases() {}
}
