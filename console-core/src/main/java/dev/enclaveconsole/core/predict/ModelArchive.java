package dev.enclaveconsole.core.predict;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.operation.OperationContext;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// Unpacks the files of a model from an archive that is not trusted: names must stay inside, size and number of
/// entries are bounded, links are never made, and files that no model has are passed over.
final class ModelArchive {
    private static final Pattern ARCHIVE = Pattern.compile("(?i).*\\.(zip|tar|tar\\.gz|tgz)");
    private static final Pattern WANTED = Pattern.compile(
            "(?i)(?!\\.).*\\.onnx|labels\\.txt|.*_labels\\.txt|.*synset.*\\.txt|serving\\.properties|model\\.json");
    private static final int MOST_ENTRIES = 1000;
    private static final long BESIDES = 16L << 20;

    private final String source;
    private final Path folder;
    private final long largest;
    private final OperationContext context;
    private long unpacked;
    private int entries;

    /// @param source named in problems; @param folder that is filled; @param largestModel bytes
    ModelArchive(String source, Path folder, long largestModel, OperationContext context) {
        this.source = source;
        this.folder = folder;
        this.largest = largestModel + BESIDES;
        this.context = context;
    }

    static boolean isNamedLikeOne(String name) {
        return ARCHIVE.matcher(name).matches();
    }

    /// @throws ConsoleException `model.archive-broken`, `model.archive-unsafe`, `model.too-large`
    void unpack(Path archive) throws ConsoleException {
        context.report("Unpacking " + source);
        try {
            Files.createDirectories(folder);
            byte[] start = start(archive);
            if (start[0] == 'P' && start[1] == 'K') {
                unzip(archive);
            } else {
                boolean packed = (start[0] & 0xff) == 0x1f && (start[1] & 0xff) == 0x8b;
                try (InputStream in = new BufferedInputStream(Files.newInputStream(archive));
                        InputStream tar = packed ? new GZIPInputStream(in, 64 * 1024) : in) {
                    untar(new TarReader(tar));
                }
            }
        } catch (IOException e) {
            throw new ConsoleException(ModelZooProblems.brokenArchive(source, e), e);
        }
    }

    /// A single file packed by gzip.
    void gunzip(Path packed, String name) throws ConsoleException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(packed), 64 * 1024)) {
            save(name, in::read);
        } catch (IOException e) {
            throw new ConsoleException(ModelZooProblems.brokenArchive(source, e), e);
        }
    }

    private void unzip(Path archive) throws IOException, ConsoleException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
                count();
                Optional<String> name = inside(entry.getName());
                if (name.isPresent() && !entry.isDirectory()) {
                    try (InputStream in = zip.getInputStream(entry)) {
                        save(name.get(), in::read);
                    }
                }
            }
        }
    }

    private void untar(TarReader tar) throws IOException, ConsoleException {
        Optional<TarReader.Entry> entry = tar.next();
        while (entry.isPresent()) {
            count();
            Optional<String> name = inside(entry.get().name());
            if (name.isPresent() && entry.get().isFile()) {
                save(name.get(), tar::read);
            } else {
                drain(tar);
            }
            entry = tar.next();
        }
        if (entries == 0) {
            throw new IOException("It is empty.");
        }
    }

    private void drain(TarReader tar) throws IOException, ConsoleException {
        byte[] buffer = new byte[64 * 1024];
        for (int n = tar.read(buffer); n >= 0; n = tar.read(buffer)) {
            add(n);
        }
    }

    private interface Content {
        int read(byte[] buffer) throws IOException;
    }

    private void save(String name, Content content) throws IOException, ConsoleException {
        Path target = folder.resolve(name).normalize();
        if (!target.startsWith(folder.normalize())) {
            throw new ConsoleException(ModelZooProblems.unsafeArchive(source, name));
        }
        Files.createDirectories(target.toAbsolutePath().getParent());
        byte[] buffer = new byte[64 * 1024];
        try (OutputStream out =
                Files.newOutputStream(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
                add(n);
                out.write(buffer, 0, n);
            }
        }
    }

    /// The name if it is safe and of a model's file; empty if the file is passed over.
    private Optional<String> inside(String name) throws ConsoleException {
        List<String> parts = List.of(name.split("/", -1));
        if (name.startsWith("/")
                || name.contains("\\")
                || name.contains(":")
                || name.contains("\0")
                || parts.contains("..")) {
            throw new ConsoleException(ModelZooProblems.unsafeArchive(source, name));
        }
        return WANTED.matcher(parts.getLast().toLowerCase(Locale.ROOT)).matches()
                ? Optional.of(name)
                : Optional.empty();
    }

    private void count() throws ConsoleException, IOException {
        context.checkCancelled();
        if (++entries > MOST_ENTRIES) {
            throw new IOException("It has more than " + MOST_ENTRIES + " entries.");
        }
    }

    private void add(int bytes) throws ConsoleException {
        context.checkCancelled();
        unpacked += bytes;
        if (unpacked > largest) {
            throw new ConsoleException(ModelProblems.tooLarge(source + ", unpacked,", largest));
        }
    }

    private static byte[] start(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(2);
            if (start.length < 2) {
                throw new IOException("It is empty.");
            }
            return start;
        }
    }
}
