package dev.enclaveconsole.core.enclave;

/// An enclave that a parent host lets TCP connections through to.
///
/// @param service by systemd, also after the host's restart; else by a process of the user
/// @param detail what the serving process says of itself
public record Publication(int port, boolean service, String detail) {}
