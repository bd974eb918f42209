package dev.enclaveconsole.core.predict;

import dev.enclaveconsole.core.failure.ConsoleException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A model on Hugging Face: `hf://ORG/REPO[@REVISION][/PATH.onnx]`, its page, a page of a revision, or a file's
/// address. A slash within a revision is written %2F, as Hugging Face does.
///
/// @param repository `ORG/REPO`; @param revision a branch, tag or commit; @param file the ONNX file's path
record HuggingFaceAddress(String repository, Optional<String> revision, Optional<String> file) {
    private static final String FORM = "hf://ORG/REPO[@REVISION][/PATH.onnx]";
    private static final String NAME = "(?!\\.{1,2}/)[\\w.-]+";
    private static final Pattern SHORT =
            Pattern.compile("hf://(" + NAME + "/[\\w.-]+)(?:@([^/]+))?(?:/(.+\\.onnx))?/?");
    private static final Pattern REPOSITORY = Pattern.compile(NAME + "/(?!\\.{1,2}$)[\\w.-]+");
    private static final Set<String> FILE_PAGES = Set.of("resolve", "blob", "raw");
    private static final String ALIAS = "hf.co";

    /// Empty if it is some other address.
    static Optional<HuggingFaceAddress> parse(String source, URI site) throws ConsoleException {
        if (source.startsWith("hf:")) {
            Matcher matcher = SHORT.matcher(source);
            if (!matcher.matches() || !REPOSITORY.matcher(matcher.group(1)).matches()) {
                throw new ConsoleException(ModelZooProblems.address(source, FORM));
            }
            return Optional.of(new HuggingFaceAddress(
                    matcher.group(1),
                    Optional.ofNullable(matcher.group(2)).map(HuggingFaceAddress::decoded),
                    Optional.ofNullable(matcher.group(3)).map(HuggingFaceAddress::decoded)));
        }
        if (!source.regionMatches(true, 0, "https:", 0, 6)) {
            return Optional.empty();
        }
        URI page = ModelDownload.checked(source);
        boolean there = site.getRawAuthority().equalsIgnoreCase(page.getRawAuthority())
                || ALIAS.equalsIgnoreCase(page.getRawAuthority());
        return there ? ofPage(page) : Optional.empty();
    }

    private static Optional<HuggingFaceAddress> ofPage(URI page) {
        List<String> parts = Arrays.stream(String.valueOf(page.getRawPath()).split("/"))
                .filter(part -> !part.isEmpty())
                .map(HuggingFaceAddress::decoded)
                .toList();
        if (parts.size() < 2
                || !REPOSITORY.matcher(parts.get(0) + "/" + parts.get(1)).matches()) {
            return Optional.empty();
        }
        String repository = parts.get(0) + "/" + parts.get(1);
        if (parts.size() == 2) {
            return Optional.of(new HuggingFaceAddress(repository, Optional.empty(), Optional.empty()));
        }
        if (parts.get(2).equals("tree") && parts.size() >= 4) {
            return Optional.of(new HuggingFaceAddress(repository, Optional.of(parts.get(3)), Optional.empty()));
        }
        if (FILE_PAGES.contains(parts.get(2))
                && parts.size() >= 5
                && parts.getLast().endsWith(".onnx")) {
            String file = String.join("/", parts.subList(4, parts.size()));
            return Optional.of(new HuggingFaceAddress(repository, Optional.of(parts.get(3)), Optional.of(file)));
        }
        return Optional.empty();
    }

    /// The repository's description with its files and, of large ones, their SHA-256.
    URI description(URI site) {
        String wanted = revision.map(r -> "/revision/" + encoded(r)).orElse("");
        return URI.create(base(site) + "/api/models/" + repository + wanted + "?blobs=true");
    }

    URI resolve(URI site, String commit, String path) {
        String encoded =
                Arrays.stream(path.split("/")).map(HuggingFaceAddress::encoded).collect(Collectors.joining("/"));
        return URI.create(base(site) + "/" + repository + "/resolve/" + commit + "/" + encoded);
    }

    String shortForm() {
        return "hf://" + repository + revision.map(r -> "@" + r).orElse("");
    }

    String repositoryName() {
        return repository.substring(repository.indexOf('/') + 1);
    }

    private static String base(URI site) {
        return site.toString().replaceFirst("/$", "");
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
