package dev.enclaveconsole.server.nsm;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.enclaveconsole.protocol.attestation.NsmRequest;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class NsmTest {

    @Test
    void saysThatThereIsNoDevice() {
        assertThatThrownBy(() -> Nsm.at("/dev/no-such-nsm").ask(new NsmRequest.GetRandom()))
                .hasMessage("/dev/no-such-nsm cannot be opened (errno 2).");
    }

    @Test
    void saysThatADeviceIsNoNsm() {
        assertThatThrownBy(() -> Nsm.at("/dev/null").ask(new NsmRequest.GetRandom()))
                .hasMessage("/dev/null refused the request (errno 25).");
    }

    @Test
    void saysThatNobodyListens() {
        assertThatThrownBy(() -> Nsm.at("unix:/no/such.sock").ask(new NsmRequest.GetRandom()))
                .isInstanceOf(IOException.class);
    }
}
