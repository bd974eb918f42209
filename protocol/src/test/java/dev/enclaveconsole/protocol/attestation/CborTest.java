package dev.enclaveconsole.protocol.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CborTest {

    /// From RFC 8949, appendix A.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "00",
                "17",
                "1818",
                "1903e8",
                "1a000f4240",
                "1b000000e8d4a51000",
                "20",
                "3903e7",
                "f4",
                "f5",
                "f6",
                "40",
                "4401020304",
                "60",
                "6449455446",
                "62c3bc",
                "80",
                "83010203",
                "8301820203820405",
                "a0",
                "a201020304",
                "a26161016162820203",
                "c11a514b67b0"
            })
    void vectorsComeBackAsTheyWere(String hex) throws MalformedCborException {
        assertThat(HexFormat.of()
                        .formatHex(Cbor.encode(Cbor.decode(HexFormat.of().parseHex(hex)))))
                .isEqualTo(hex);
    }

    @ParameterizedTest
    @CsvSource({
        "5f4101ff, indefinite",
        "bf6161ff, indefinite",
        "f97e00, simple value or float",
        "f7, simple value or float",
        "1c, reserved",
        "1bffffffffffffffff, above 2^63-1",
        "62c328, not UTF-8",
        "a201000100, the key 1 twice",
        "a2010018010f, the key 1 twice",
        "a1400000, neither text nor a number",
        "18, truncated",
        "8201, truncated",
        "0000, 1 bytes follow",
    })
    void refusesWhatIsNotStrict(String hex, String why) {
        assertThatThrownBy(() -> Cbor.decode(HexFormat.of().parseHex(hex)))
                .isInstanceOf(MalformedCborException.class)
                .hasMessageContaining(why);
    }

    @Test
    void readsNumbersAtTheEndsOfTheirRange() throws MalformedCborException {
        for (long n : new long[] {Long.MAX_VALUE, Long.MIN_VALUE, 0, -1, 255, 256, 65_535, 65_536, 1L << 32}) {
            assertThat(Cbor.decode(Cbor.encode(new CborValue.Int(n)))).isEqualTo(new CborValue.Int(n));
        }
    }
}
