package dev.enclaveconsole.protocol.attestation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// What the NSM answers.
public sealed interface NsmResponse {
    /// The device's limit for a response.
    int MAX_BYTES = 0x3000;

    record DescribeNsm(
            int versionMajor,
            int versionMinor,
            int versionPatch,
            String moduleId,
            int maxPcrs,
            List<Integer> lockedPcrs,
            String digest)
            implements NsmResponse {
        public DescribeNsm {
            lockedPcrs = List.copyOf(lockedPcrs);
        }
    }

    record GetRandom(byte[] random) implements NsmResponse {}

    record DescribePcr(boolean lock, byte[] data) implements NsmResponse {}

    record ExtendPcr(byte[] data) implements NsmResponse {}

    record LockPcr() implements NsmResponse {}

    record LockPcrs() implements NsmResponse {}

    /// `document` is the COSE_Sign1 that [AttestationVerifier] takes.
    record Attestation(byte[] document) implements NsmResponse {}

    /// @param code `InvalidArgument`, `InvalidIndex`, `InvalidResponse`, `ReadOnlyIndex`, `InvalidOperation`,
    ///     `BufferTooSmall`, `InputTooLarge` or `InternalError`
    record Failure(String code) implements NsmResponse {}

    default byte[] encode() {
        return Cbor.encode(
                switch (this) {
                    case DescribeNsm description -> NsmCodec.describeNsm(description);
                    case GetRandom(byte[] random) -> NsmCodec.tagged("GetRandom", NsmCodec.bytes("random", random));
                    case DescribePcr(boolean lock, byte[] data) -> {
                        Map<String, CborValue> fields = new LinkedHashMap<>();
                        fields.put("lock", new CborValue.Bool(lock));
                        fields.put("data", new CborValue.Bytes(data));
                        yield NsmCodec.tagged("DescribePCR", fields);
                    }
                    case ExtendPcr(byte[] data) -> NsmCodec.tagged("ExtendPCR", NsmCodec.bytes("data", data));
                    case LockPcr() -> new CborValue.Text("LockPCR");
                    case LockPcrs() -> new CborValue.Text("LockPCRs");
                    case Attestation(byte[] document) ->
                        NsmCodec.tagged("Attestation", NsmCodec.bytes("document", document));
                    case Failure(String code) -> CborFields.write(Map.of("Error", new CborValue.Text(code)));
                });
    }

    static NsmResponse decode(byte[] cbor) throws MalformedCborException {
        NsmCodec.Variant variant = NsmCodec.variant("NSM response", cbor, MAX_BYTES);
        return switch (variant.name()) {
            case "DescribeNSM" -> describeNsm(variant.fields());
            case "GetRandom" -> new GetRandom(variant.fields().lenientBytes("random"));
            case "DescribePCR" ->
                new DescribePcr(variant.fields().bool("lock"), variant.fields().lenientBytes("data"));
            case "ExtendPCR" -> new ExtendPcr(variant.fields().lenientBytes("data"));
            case "LockPCR" -> new LockPcr();
            case "LockPCRs" -> new LockPcrs();
            case "Attestation" -> new Attestation(variant.fields().lenientBytes("document"));
            case "Error" -> new Failure(variant.text());
            default -> throw new MalformedCborException("NSM response: %s is unknown.".formatted(variant.name()));
        };
    }

    private static DescribeNsm describeNsm(CborFields fields) throws MalformedCborException {
        var locked = new TreeSet<Integer>();
        for (CborValue item : fields.array("locked_pcrs")) {
            if (!(item instanceof CborValue.Int(long n)) || n < 0 || n > NsmCodec.MAX_INDEX) {
                throw new MalformedCborException("NSM response: locked_pcrs has an element that is no PCR index.");
            }
            locked.add((int) n);
        }
        return new DescribeNsm(
                fields.number("version_major", NsmCodec.MAX_INDEX),
                fields.number("version_minor", NsmCodec.MAX_INDEX),
                fields.number("version_patch", NsmCodec.MAX_INDEX),
                fields.text("module_id"),
                fields.number("max_pcrs", NsmCodec.MAX_INDEX),
                List.copyOf(locked),
                fields.text("digest"));
    }
}
