package dev.enclaveconsole.protocol.eif;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The metadata section, as `nitro-cli build-enclave` writes it. Unmeasured: whoever made the file chose it freely.
/// What is missing reads as empty.
public record EifMetadata(
        @JsonProperty("ImageName") String imageName,
        @JsonProperty("ImageVersion") String imageVersion,
        @JsonProperty("BuildMetadata") Build build,
        @JsonProperty("DockerInfo") JsonNode dockerInfo,
        @JsonProperty("CustomMetadata") JsonNode custom) {
    public EifMetadata {
        imageName = orEmpty(imageName);
        imageVersion = orEmpty(imageVersion);
        dockerInfo = Objects.requireNonNullElse(dockerInfo, NullNode.getInstance());
        custom = Objects.requireNonNullElse(custom, NullNode.getInstance());
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
        return new EifMetadata(
                imageName, imageVersion, build, JsonNodeFactory.instance.objectNode(), NullNode.getInstance());
    }

    private static String orEmpty(@Nullable String claimed) {
        return Objects.requireNonNullElse(claimed, "");
    }
}
