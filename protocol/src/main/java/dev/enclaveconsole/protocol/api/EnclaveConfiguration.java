package dev.enclaveconsole.protocol.api;

/// The measured configuration file of an image, `etc/enclave.json`. `defaultModel` names a folder under `models/`.
public record EnclaveConfiguration(AccessMode access, String defaultModel, int workers) {}
