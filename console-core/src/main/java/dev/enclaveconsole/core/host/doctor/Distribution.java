package dev.enclaveconsole.core.host.doctor;

import java.util.ArrayList;
import java.util.List;

/// The Linux distributions whose packages the doctor knows.
public enum Distribution {
    AMAZON_LINUX_2023,
    AMAZON_LINUX_2,
    /// Debian, Ubuntu and what calls itself like them.
    DEBIAN,
    OTHER;

    /// @param id `ID` of os-release
    /// @param like its `ID_LIKE`
    /// @param version its `VERSION_ID`
    static Distribution of(String id, String like, String version) {
        if (id.equals("amzn")) {
            return version.equals("2") ? AMAZON_LINUX_2 : AMAZON_LINUX_2023;
        }
        return (id + " " + like).matches("(?s).*\\b(debian|ubuntu)\\b.*") ? DEBIAN : OTHER;
    }

    /// Commands that install packages; on Amazon Linux 2 a package `extra:NAME` is a topic of amazon-linux-extras.
    List<Step> install(String sudo, List<String> packages) {
        return switch (this) {
            case AMAZON_LINUX_2023 ->
                List.of(new Step("Install " + words(packages), sudo + "dnf install -y " + spaced(packages)));
            case AMAZON_LINUX_2 -> installExtras(sudo, packages);
            case DEBIAN ->
                List.of(
                        new Step("Read the lists of packages", sudo + "apt-get -q update"),
                        new Step(
                                "Install " + words(packages),
                                sudo + "env DEBIAN_FRONTEND=noninteractive apt-get -q -y install " + spaced(packages)));
            case OTHER -> List.of();
        };
    }

    List<Step> remove(String sudo, List<String> packages) {
        String command = switch (this) {
            case AMAZON_LINUX_2023 -> "dnf remove -y ";
            case AMAZON_LINUX_2 -> "yum remove -y ";
            case DEBIAN -> "env DEBIAN_FRONTEND=noninteractive apt-get -q -y remove ";
            case OTHER -> "";
        };
        List<String> plain =
                packages.stream().map(p -> p.replaceFirst("^extra:", "")).toList();
        return command.isEmpty()
                ? List.of()
                : List.of(new Step("Remove " + words(plain), sudo + command + spaced(plain)));
    }

    private static List<Step> installExtras(String sudo, List<String> packages) {
        List<Step> steps = new ArrayList<>();
        List<String> plain = new ArrayList<>();
        for (String name : packages) {
            if (name.startsWith("extra:")) {
                String topic = name.substring(6);
                String command = "amazon-linux-extras install -y " + (topic.equals("nginx") ? "nginx1" : topic);
                steps.add(new Step("Install " + topic, sudo + command));
            } else {
                plain.add(name);
            }
        }
        if (!plain.isEmpty()) {
            steps.add(new Step("Install " + words(plain), sudo + "yum install -y " + spaced(plain)));
        }
        return steps;
    }

    private static String spaced(List<String> packages) {
        return String.join(" ", packages);
    }

    private static String words(List<String> packages) {
        return String.join(" and ", packages);
    }
}
