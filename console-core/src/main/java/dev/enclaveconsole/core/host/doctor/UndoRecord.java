package dev.enclaveconsole.core.host.doctor;

/// A fix that was made and can be taken back.
///
/// @param name of the file on the host that keeps the commands: `<time>-<id>.sh`
/// @param script the commands
public record UndoRecord(String name, String script) {
    /// The finding's id.
    public String id() {
        return name.replaceFirst("^\\d{8}-\\d{6}-\\d{3}-", "").replaceFirst("\\.sh$", "");
    }
}
