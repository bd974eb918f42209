package dev.enclaveconsole.core.trust;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.enclaveconsole.core.enclave.EnclaveInfo;
import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.settings.JsonFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The PCRs the user trusts, by image name: the distribution's own and those the user pinned, which count first.
public final class Pins {
    private static final Pattern SHA384 = Pattern.compile("[0-9a-f]{96}");
    private static final Pattern ZERO = Pattern.compile("0+");
    private static final Pattern COUNTED_NAME = Pattern.compile("(.+)_\\d+");
    private static final int LAST_PCR = 31;

    private final JsonFile<List<PinSet>> file;
    private final Optional<Path> bundledFolder;

    private record Bundled(String image, Map<Integer, String> pcrs) {}

    /// @param bundledFolder the distribution's `images/`, holding `NAME.json` with `{"image":NAME,"pcrs":{"0":hex,…}}`
    public Pins(Path file, Optional<Path> bundledFolder) {
        this.file = new JsonFile<>(file, new TypeReference<List<PinSet>>() {});
        this.bundledFolder = bundledFolder;
    }

    /// The user's first.
    public synchronized List<PinSet> list() throws ConsoleException {
        List<PinSet> all = new ArrayList<>(file.read(List.of()));
        all.addAll(bundled());
        return List.copyOf(all);
    }

    public Optional<PinSet> find(String name) throws ConsoleException {
        return list().stream().filter(p -> p.name().equals(name)).findFirst();
    }

    /// The pins of the image an enclave was launched from, by the enclave's name (`demo`, `demo_1`, …). A parent that
    /// lies about the name gains nothing: the enclave must then match that image's pins.
    public Optional<PinSet> forEnclave(EnclaveInfo enclave) throws ConsoleException {
        Optional<PinSet> exact = find(enclave.name());
        var counted = COUNTED_NAME.matcher(enclave.name());
        return exact.isPresent() || !counted.matches() ? exact : find(counted.group(1));
    }

    /// Pins, replacing an earlier pin of that name.
    ///
    /// @throws ConsoleException `pins.invalid` unless there is at least one PCR and each is 96 hex digits and not
    ///     all zero
    public synchronized PinSet pin(String name, Map<Integer, String> pcrs) throws ConsoleException {
        PinSet pinned = new PinSet(name, checked(name, pcrs), PinSet.Source.USER);
        List<PinSet> pins = new ArrayList<>(file.read(List.of()));
        pins.removeIf(p -> p.name().equals(name));
        pins.add(pinned);
        file.write(pins);
        return pinned;
    }

    /// @return false if the user pinned nothing of that name
    public synchronized boolean unpin(String name) throws ConsoleException {
        List<PinSet> pins = new ArrayList<>(file.read(List.of()));
        boolean removed = pins.removeIf(p -> p.name().equals(name));
        if (removed) {
            file.write(pins);
        }
        return removed;
    }

    private List<PinSet> bundled() throws ConsoleException {
        Optional<Path> folder = bundledFolder.filter(Files::isDirectory);
        if (folder.isEmpty()) {
            return List.of();
        }
        List<PinSet> pins = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder.get())) {
            for (Path json :
                    files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
                Bundled none = new Bundled("", Map.of());
                Bundled image = new JsonFile<>(json, new TypeReference<Bundled>() {}).read(none);
                pins.add(new PinSet(image.image(), checked(image.image(), image.pcrs()), PinSet.Source.BUNDLED));
            }
        } catch (IOException | UncheckedIOException e) {
            throw new ConsoleException(
                    Problem.failed(
                            "pins.unreadable",
                            "The measurements shipped with the console cannot be read.",
                            String.valueOf(e.getMessage()),
                            "Install the program anew."),
                    e);
        }
        return pins;
    }

    private static Map<Integer, String> checked(String name, Map<Integer, String> pcrs) throws ConsoleException {
        Map<Integer, String> normalised = new TreeMap<>();
        pcrs.forEach((index, hex) -> normalised.put(index, hex.strip().toLowerCase(Locale.ROOT)));
        boolean valid = !normalised.isEmpty()
                && normalised.entrySet().stream()
                        .allMatch(e -> e.getKey() >= 0
                                && e.getKey() <= LAST_PCR
                                && SHA384.matcher(e.getValue()).matches()
                                && !ZERO.matcher(e.getValue()).matches());
        if (!valid) {
            throw new ConsoleException(Problem.usage(
                    "pins.invalid",
                    "The measurements of " + name + " cannot be pinned.",
                    "Each must be a SHA-384 in hex (96 digits) and not all zero, as a debug enclave's are.",
                    "Take them from the image's build or from describe-eif."));
        }
        return normalised;
    }
}
