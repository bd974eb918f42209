package dev.enclaveconsole.core.enclave;

import java.util.OptionalLong;

/// What the calculator needs to know of a host and an image at one moment.
///
/// @param imageBytes empty if the image cannot be read there
public record LaunchFacts(HostResources resources, OptionalLong imageBytes) {

    public LaunchPlan plan(LaunchRequest request) {
        return LaunchCalculator.plan(request, resources, imageBytes);
    }
}
