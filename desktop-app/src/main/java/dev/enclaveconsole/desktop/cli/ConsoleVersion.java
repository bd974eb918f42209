package dev.enclaveconsole.desktop.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/// Version of the console, from its jar's manifest.
final class ConsoleVersion implements IVersionProvider {
    static String number() {
        return Optional.ofNullable(ConsoleVersion.class.getPackage().getImplementationVersion())
                .orElse("development build");
    }

    @Override
    public String[] getVersion() {
        return new String[] {
            "Enclave Console " + number(), "Java " + Runtime.version() + ", " + System.getProperty("os.name")
        };
    }
}
