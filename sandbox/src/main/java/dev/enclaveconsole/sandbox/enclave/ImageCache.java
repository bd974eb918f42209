package dev.enclaveconsole.sandbox.enclave;

import dev.enclaveconsole.protocol.eif.CpioExtractor;
import dev.enclaveconsole.protocol.eif.CpioLimits;
import dev.enclaveconsole.protocol.eif.EifMeasurer;
import dev.enclaveconsole.protocol.eif.EifReader;
import dev.enclaveconsole.protocol.eif.EifSection;
import dev.enclaveconsole.protocol.eif.EifSectionType;
import dev.enclaveconsole.protocol.eif.MalformedImageException;
import dev.enclaveconsole.protocol.eif.Measurements;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Unpacks images into the sandbox's folder, once per content. Every launch measures the file anew; unpacking runs
/// beside the measuring
/// and is skipped when the same application is already there.
///
/// Calls must not overlap.
final class ImageCache {

    private static final int BUFFER_BYTES = 1 << 20;

    private final Path folder;
    private final Set<FileState> seen = new HashSet<>();
    private int unpacked;

    ImageCache(Path folder) {
        this.folder = folder;
    }

    private record FileState(Path path, long size, long modifiedMillis) {}

    /// @throws NitroFailure E19 when the file cannot be read, E35 when it is no enclave image
    UnpackedImage open(Path eif) throws NitroFailure {
        try (EifReader reader = EifReader.open(eif)) {
            FileState state = new FileState(
                    eif.toRealPath(),
                    Files.size(eif),
                    Files.getLastModifiedTime(eif).toMillis());
            CompletableFuture<Measurements> measuring =
                    CompletableFuture.supplyAsync(() -> measure(reader), Thread.ofPlatform()::start);
            Path early = seen.contains(state) ? null : unpack(reader);
            Measurements measurements = measuring.join();
            String application = Objects.requireNonNull(measurements.pcrs().get(2));
            Path place = folder.resolve(application.substring(0, 32));
            if (!Files.isDirectory(place)) {
                Files.move(early == null ? unpack(reader) : early, place);
            }
            seen.add(state);
            return new UnpackedImage(place, measurements, reader.metadata().orElse(null));
        } catch (MalformedImageException e) {
            throw new NitroFailure(35, e.toString());
        } catch (IOException e) {
            throw new NitroFailure(19, e.toString(), eif.toString(), "Open");
        } catch (CompletionException e) {
            throw new NitroFailure(35, String.valueOf(e.getCause()));
        }
    }

    private Path unpack(EifReader reader) throws IOException {
        Path target = Files.createDirectory(folder.resolve("new-" + unpacked++));
        List<EifSection> ramdisks = reader.header().sections(EifSectionType.RAMDISK);
        for (EifSection ramdisk : ramdisks.subList(Math.min(1, ramdisks.size()), ramdisks.size())) {
            try (InputStream data = new BufferedInputStream(reader.open(ramdisk), BUFFER_BYTES)) {
                CpioExtractor.extract(data, target, CpioLimits.DEFAULT);
            }
        }
        return target;
    }

    private static Measurements measure(EifReader reader) {
        try {
            return EifMeasurer.measure(reader);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }
}
