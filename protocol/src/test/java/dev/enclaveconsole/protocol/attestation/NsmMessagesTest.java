package dev.enclaveconsole.protocol.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NsmMessagesTest {
    private static final byte[] DATA = {1, 2, 3};

    @Test
    void requestsComeBackAsTheyWere() throws MalformedCborException {
        for (NsmRequest request : List.of(
                new NsmRequest.DescribeNsm(),
                new NsmRequest.GetRandom(),
                new NsmRequest.DescribePcr(3),
                new NsmRequest.ExtendPcr(16, DATA),
                new NsmRequest.LockPcr(17),
                new NsmRequest.LockPcrs(18),
                new NsmRequest.Attestation(Optional.of(DATA), Optional.of(new byte[0]), Optional.empty()))) {
            NsmRequest back = NsmRequest.decode(request.encode());

            assertThat(back.encode()).isEqualTo(request.encode());
            assertThat(back.getClass()).isEqualTo(request.getClass());
        }
    }

    @Test
    void responsesComeBackAsTheyWere() throws MalformedCborException {
        for (NsmResponse response : List.of(
                new NsmResponse.DescribeNsm(1, 0, 0, TestPki.MODULE, 32, List.of(0, 1, 2, 15), "SHA384"),
                new NsmResponse.GetRandom(DATA),
                new NsmResponse.DescribePcr(true, DATA),
                new NsmResponse.ExtendPcr(DATA),
                new NsmResponse.LockPcr(),
                new NsmResponse.LockPcrs(),
                new NsmResponse.Attestation(DATA),
                new NsmResponse.Failure("InvalidArgument"))) {
            NsmResponse back = NsmResponse.decode(response.encode());

            assertThat(back.encode()).isEqualTo(response.encode());
            assertThat(back.getClass()).isEqualTo(response.getClass());
        }
    }

    /// The bytes that AWS's Rust library (serde_cbor) writes.
    @Test
    void bytesAreThoseOfNsmApi() {
        assertThat(hex(new NsmRequest.GetRandom().encode())).isEqualTo("69" + text("GetRandom"));
        assertThat(hex(new NsmRequest.DescribePcr(4).encode()))
                .isEqualTo("a16b" + text("DescribePCR") + "a165" + text("index") + "04");
        assertThat(hex(new NsmRequest.Attestation(Optional.empty(), Optional.of(DATA), Optional.empty()).encode()))
                .isEqualTo("a16b" + text("Attestation") + "a369" + text("user_data") + "f665" + text("nonce")
                        + "430102036a" + text("public_key") + "f6");
        assertThat(hex(new NsmResponse.Failure("InvalidIndex").encode()))
                .isEqualTo("a165" + text("Error") + "6c" + text("InvalidIndex"));
    }

    @Test
    void readsByteArraysOfOtherEncoders() throws MalformedCborException {
        String request = "a16b" + text("Attestation") + "a165" + text("nonce") + "830118ff03";

        var attestation =
                (NsmRequest.Attestation) NsmRequest.decode(HexFormat.of().parseHex(request));

        assertThat(attestation.nonce()).hasValueSatisfying(n -> assertThat(n).containsExactly(1, 255, 3));
        assertThat(attestation.userData()).isEmpty();
    }

    @Test
    void refusesWhatIsNoMessage() {
        for (String hex : List.of("", "00", "a0", "63" + text("Foo"), "a165" + text("Error") + "00", "a10000")) {
            assertThatThrownBy(() -> NsmResponse.decode(HexFormat.of().parseHex(hex)))
                    .as(hex)
                    .isInstanceOf(MalformedCborException.class);
        }
        assertThatThrownBy(() -> NsmRequest.decode(new byte[NsmRequest.MAX_BYTES + 1]))
                .isInstanceOf(MalformedCborException.class);
    }

    private static String text(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
