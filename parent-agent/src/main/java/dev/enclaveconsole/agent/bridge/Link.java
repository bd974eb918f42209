package dev.enclaveconsole.agent.bridge;

import java.io.IOException;
import java.nio.ByteBuffer;

/// One connected byte stream to an enclave whose two directions end separately. Reads and writes block; one thread per
/// direction.
interface Link extends AutoCloseable {

    /// Reads at least one byte into the direct buffer; -1 when the enclave has ended its direction.
    int read(ByteBuffer buffer) throws IOException;

    /// Writes all remaining bytes of the direct buffer.
    void write(ByteBuffer buffer) throws IOException;

    /// Tells the enclave that nothing more will be sent.
    void shutdownOutput() throws IOException;

    /// Breaks both directions off, so that blocked reads and writes return.
    void abort() throws IOException;

    /// Nobody may be reading or writing any more.
    @Override
    void close() throws IOException;
}
