package dev.enclaveconsole.protocol.eif;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The metadata section, as `nitro-cli build-enclave` writes it. Unmeasured: whoever made the file chose it freely.
/// Missing texts
/// read as empty ones.
public record EifMetadata(
        @JsonProperty("ImageName") String imageName,
        @JsonProperty("ImageVersion") String imageVersion,
        @JsonProperty("BuildMetadata") Build build,

        @JsonProperty("DockerInfo") @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable
        JsonNode dockerInfo,

        @JsonProperty("CustomMetadata") @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable
        JsonNode custom) {
    public EifMetadata {
        imageName = orEmpty(imageName);
        imageVersion = orEmpty(imageVersion);
        build = Objects.requireNonNullElse(build, new Build("", "", "", "", ""));
    }

    /// @param buildTime ISO 8601
    public record Build(
            @JsonProperty("BuildTime") String buildTime,
            @JsonProperty("BuildTool") String buildTool,
            @JsonProperty("BuildToolVersion") String buildToolVersion,
            @JsonProperty("OperatingSystem") String operatingSystem,
            @JsonProperty("KernelVersion") String kernelVersion) {
        public Build {
            buildTime = orEmpty(buildTime);
            buildTool = orEmpty(buildTool);
            buildToolVersion = orEmpty(buildToolVersion);
            operatingSystem = orEmpty(operatingSystem);
            kernelVersion = orEmpty(kernelVersion);
        }
    }

    /// Without Docker and without anything custom.
    public static EifMetadata of(String imageName, String imageVersion, Build build) {
        return new EifMetadata(imageName, imageVersion, build, JsonNodeFactory.instance.objectNode(), null);
    }

    private static String orEmpty(@Nullable String claimed) {
        return Objects.requireNonNullElse(claimed, "");
    }
}
