package dev.enclaveconsole.sandbox.ssh;

import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Map;
import java.util.function.Supplier;

/// The one user of the sandbox host.
///
/// @param name login name
/// @param key the only public key that is let in
/// @param home home folder and working folder of commands
/// @param environment whole environment of commands
/// @param atLogin variables that a login gets when it begins and keeps until it ends
public record Account(
        String name,
        PublicKey key,
        Path home,
        Map<String, String> environment,
        Supplier<Map<String, String>> atLogin) {}
