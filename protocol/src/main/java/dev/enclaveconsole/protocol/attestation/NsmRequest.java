package dev.enclaveconsole.protocol.attestation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What is asked of the NSM, `/dev/nsm`: CBOR, an externally tagged enum as AWS's `nsm-api` crate writes it.
public sealed interface NsmRequest {
    /// The device's limit for a request.
    int MAX_BYTES = 0x1000;

    record DescribeNsm() implements NsmRequest {}

    record GetRandom() implements NsmRequest {}

    record DescribePcr(int index) implements NsmRequest {}

    /// New value = SHA384(old ‖ data).
    record ExtendPcr(int index, byte[] data) implements NsmRequest {}

    record LockPcr(int index) implements NsmRequest {}

    /// Locks the PCRs 0 to `range` - 1.
    record LockPcrs(int range) implements NsmRequest {}

    /// Asks for a signed document. Unset fields are null in it; at most 512 bytes of nonce and user data are portable,
    /// 1024 of public key.
    record Attestation(Optional<byte[]> userData, Optional<byte[]> nonce, Optional<byte[]> publicKey)
            implements NsmRequest {}

    default byte[] encode() {
        return Cbor.encode(
                switch (this) {
                    case DescribeNsm() -> new CborValue.Text("DescribeNSM");
                    case GetRandom() -> new CborValue.Text("GetRandom");
                    case DescribePcr(int index) -> NsmCodec.tagged("DescribePCR", NsmCodec.number("index", index));
                    case LockPcr(int index) -> NsmCodec.tagged("LockPCR", NsmCodec.number("index", index));
                    case LockPcrs(int range) -> NsmCodec.tagged("LockPCRs", NsmCodec.number("range", range));
                    case ExtendPcr(int index, byte[] data) -> {
                        Map<String, CborValue> fields = new LinkedHashMap<>();
                        fields.put("index", new CborValue.Int(index));
                        fields.put("data", new CborValue.Bytes(data));
                        yield NsmCodec.tagged("ExtendPCR", fields);
                    }
                    case Attestation(var userData, var nonce, var publicKey) -> {
                        Map<String, CborValue> fields = new LinkedHashMap<>();
                        fields.put("user_data", NsmCodec.orNull(userData));
                        fields.put("nonce", NsmCodec.orNull(nonce));
                        fields.put("public_key", NsmCodec.orNull(publicKey));
                        yield NsmCodec.tagged("Attestation", fields);
                    }
                });
    }

    static NsmRequest decode(byte[] cbor) throws MalformedCborException {
        NsmCodec.Variant variant = NsmCodec.variant("NSM request", cbor, MAX_BYTES);
        return switch (variant.name()) {
            case "DescribeNSM" -> new DescribeNsm();
            case "GetRandom" -> new GetRandom();
            case "DescribePCR" -> new DescribePcr(variant.fields().number("index", NsmCodec.MAX_INDEX));
            case "ExtendPCR" ->
                new ExtendPcr(
                        variant.fields().number("index", NsmCodec.MAX_INDEX),
                        variant.fields().lenientBytes("data"));
            case "LockPCR" -> new LockPcr(variant.fields().number("index", NsmCodec.MAX_INDEX));
            case "LockPCRs" -> new LockPcrs(variant.fields().number("range", NsmCodec.MAX_INDEX));
            case "Attestation" ->
                new Attestation(
                        variant.fields().optionalLenientBytes("user_data"),
                        variant.fields().optionalLenientBytes("nonce"),
                        variant.fields().optionalLenientBytes("public_key"));
            default -> throw new MalformedCborException("NSM request: %s is unknown.".formatted(variant.name()));
        };
    }
}
