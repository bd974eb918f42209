package dev.enclaveconsole.server.nsm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.enclaveconsole.protocol.attestation.MalformedCborException;
import dev.enclaveconsole.protocol.attestation.NsmRequest;
import dev.enclaveconsole.protocol.attestation.NsmResponse;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;

/// The real module, `/dev/nsm` (Linux `drivers/misc/nsm.c`): one ioctl `_IOWR(0x0A, 0, 32 bytes)` whose argument is
/// `{req_addr u64, req_len u64, resp_addr u64, resp_len u64}`; the driver rewrites `resp_len`.
final class NsmDevice implements Nsm {
    private static final long NSM_IOCTL = 0xC0200A00L;
    private static final int EMSGSIZE = 90;
    private static final MemoryLayout MESSAGE = MemoryLayout.sequenceLayout(4, JAVA_LONG);

    private final String path;

    NsmDevice(String path) {
        this.path = path;
    }

    @Override
    public synchronized NsmResponse ask(NsmRequest request) throws IOException {
        byte[] encoded = request.encode();
        if (encoded.length > NsmRequest.MAX_BYTES) {
            throw new IOException("A request of %d bytes is too large for the NSM.".formatted(encoded.length));
        }
        try (Arena arena = Arena.ofConfined()) {
            var libc = new LibC(arena);
            int descriptor = libc.open(path);
            if (descriptor < 0) {
                throw new IOException("%s cannot be opened (errno %d).".formatted(path, libc.errno()));
            }
            try {
                return NsmResponse.decode(exchange(libc, arena, descriptor, encoded));
            } finally {
                libc.close(descriptor);
            }
        } catch (MalformedCborException e) {
            throw new IOException("The NSM's answer is malformed: " + e.getMessage(), e);
        }
    }

    private byte[] exchange(LibC libc, Arena arena, int descriptor, byte[] encoded) throws IOException {
        MemorySegment request = arena.allocateFrom(JAVA_BYTE, encoded);
        MemorySegment response = arena.allocate(NsmResponse.MAX_BYTES);
        MemorySegment message = arena.allocate(MESSAGE);
        message.setAtIndex(JAVA_LONG, 0, request.address());
        message.setAtIndex(JAVA_LONG, 1, encoded.length);
        message.setAtIndex(JAVA_LONG, 2, response.address());
        message.setAtIndex(JAVA_LONG, 3, NsmResponse.MAX_BYTES);
        if (libc.ioctl(descriptor, NSM_IOCTL, message) != 0) {
            int errno = libc.errno();
            throw new IOException(
                    errno == EMSGSIZE
                            ? "The NSM says that the message is too large (EMSGSIZE)."
                            : "%s refused the request (errno %d).".formatted(path, errno));
        }
        long length = message.getAtIndex(JAVA_LONG, 3);
        if (length < 0 || length > NsmResponse.MAX_BYTES) {
            throw new IOException("The NSM answered with a length of %d bytes.".formatted(length));
        }
        return response.asSlice(0, length).toArray(JAVA_BYTE);
    }
}
