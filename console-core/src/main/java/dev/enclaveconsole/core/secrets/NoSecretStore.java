package dev.enclaveconsole.core.secrets;

import java.util.Optional;

record NoSecretStore() implements SecretStore {
    @Override
    public boolean isAvailable() {
        return false;
    }

    @Override
    public Optional<char[]> find(String name) {
        return Optional.empty();
    }

    @Override
    public boolean keep(String name, char[] secret) {
        return false;
    }

    @Override
    public boolean forget(String name) {
        return false;
    }
}
