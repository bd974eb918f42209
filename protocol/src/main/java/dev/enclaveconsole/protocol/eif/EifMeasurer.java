package dev.enclaveconsole.protocol.eif;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/// Computes the PCRs with which an enclave image will run: 0, 1, 2, and 8 if it is signed. One pass, nothing kept.
public final class EifMeasurer {

    public static Measurements measure(Path file) throws IOException {
        try (var reader = EifReader.open(file)) {
            return measure(reader);
        }
    }

    public static Measurements measure(EifReader image) throws IOException {
        var digests = new ImageDigests();
        for (EifSection section : image.header().sections()) {
            switch (section.type()) {
                case KERNEL, CMDLINE, RAMDISK -> {
                    try (InputStream data = image.open(section)) {
                        digests.add(section.type(), data, (buffer, length) -> {});
                    }
                }
                case METADATA, SIGNATURE -> {}
            }
        }
        Optional<EifSignature> signature = image.signature();
        return digests.result(
                signature.isEmpty()
                        ? Optional.empty()
                        : Optional.of(signature.get().certificateDer()));
    }

    private EifMeasurer() {}
}
