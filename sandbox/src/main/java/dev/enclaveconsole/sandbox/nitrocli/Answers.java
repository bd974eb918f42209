package dev.enclaveconsole.sandbox.nitrocli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.enclaveconsole.protocol.eif.EifMetadata;
import dev.enclaveconsole.protocol.eif.Measurements;
import dev.enclaveconsole.sandbox.enclave.Enclave;
import java.util.TreeMap;

/// The JSON objects that `nitro-cli` prints, keys in its order.
final class Answers {

    private Answers() {}

    static ObjectNode started(Enclave enclave) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("EnclaveName", enclave.name());
        node.put("EnclaveID", enclave.id());
        node.put("ProcessID", enclave.processId());
        node.put("EnclaveCID", enclave.cid());
        node.put("NumberOfCPUs", enclave.cpuIds().size());
        var cpus = node.putArray("CPUIDs");
        enclave.cpuIds().forEach(cpus::add);
        node.put("MemoryMiB", enclave.memoryMib());
        return node;
    }

    static ObjectNode described(Enclave enclave, boolean metadata) {
        ObjectNode node = started(enclave);
        node.put("State", "RUNNING");
        node.put("Flags", enclave.debug() ? "DEBUG_MODE" : "NONE");
        node.set("Measurements", measurements(enclave.measurements()));
        if (metadata) {
            enclave.metadata().ifPresent(claimed -> addMetadata(node, claimed));
        }
        return node;
    }

    static ObjectNode terminated(Enclave enclave) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("EnclaveName", enclave.name());
        node.put("EnclaveID", enclave.id());
        node.put("Terminated", true);
        return node;
    }

    static ObjectNode built(Measurements measurements) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.set("Measurements", measurements(measurements));
        return node;
    }

    static ObjectNode measurements(Measurements measurements) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("HashAlgorithm", "Sha384 { ... }");
        new TreeMap<>(measurements.pcrs()).forEach((index, value) -> node.put("PCR" + index, value));
        return node;
    }

    static void addMetadata(ObjectNode node, EifMetadata claimed) {
        node.put("ImageName", claimed.imageName());
        node.put("ImageVersion", claimed.imageVersion());
        ObjectNode metadata = node.putObject("Metadata");
        metadata.put("BuildTime", claimed.build().buildTime());
        metadata.put("BuildTool", claimed.build().buildTool());
        metadata.put("BuildToolVersion", claimed.build().buildToolVersion());
        metadata.put("OperatingSystem", claimed.build().operatingSystem());
        metadata.put("KernelVersion", claimed.build().kernelVersion());
        JsonNode docker = claimed.dockerInfo();
        metadata.set("DockerInfo", docker == null ? JsonNodeFactory.instance.nullNode() : docker);
        if (claimed.custom() instanceof ObjectNode custom) {
            custom.properties().forEach(entry -> metadata.set(entry.getKey(), entry.getValue()));
        }
    }
}
