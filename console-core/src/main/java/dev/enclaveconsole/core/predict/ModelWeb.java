package dev.enclaveconsole.core.predict;

import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;

/// Where models come from when they come from the internet.
///
/// @param http a new client for each model that is added
/// @param huggingFace below it `/api/models/…` and `/ORG/REPO/resolve/…`
/// @param djl the repository to which `djl://` addresses refer, ending in a slash
/// @param largestModel bytes
record ModelWeb(Supplier<OkHttpClient> http, URI huggingFace, URI djl, long largestModel) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long LARGEST_MODEL = 512L << 20;

    static ModelWeb usual() {
        return new ModelWeb(
                () -> client(new OkHttpClient.Builder()),
                URI.create("https://huggingface.co"),
                URI.create("https://mlrepo.djl.ai/"),
                LARGEST_MODEL);
    }

    /// Follows redirects from https to https only, and gives up on a server that stays silent.
    static OkHttpClient client(OkHttpClient.Builder builder) {
        return builder.followSslRedirects(false)
                .connectTimeout(PATIENCE)
                .readTimeout(PATIENCE)
                .build();
    }
}
