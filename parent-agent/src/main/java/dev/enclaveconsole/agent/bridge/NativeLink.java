package dev.enclaveconsole.agent.bridge;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// A stream socket of any address family, driven by libc through the foreign function interface: Java has no
/// `AF_VSOCK`.
///
/// Layout of `sockaddr_vm` (16 bytes, native order): family u16, reserved u16, port u32, cid u32, 4 bytes zero
/// (linux/vm_sockets.h).
@SuppressWarnings("restricted") // calling libc is what this class is for; the launcher enables native access
final class NativeLink implements Link {

    private static final int AF_VSOCK = 40;
    private static final int SOCK_STREAM = 1;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int SHUT_WR = 1;
    private static final int SHUT_RDWR = 2;
    private static final int EINTR = 4;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
    private static final VarHandle ERRNO_FIELD =
            Linker.Option.captureStateLayout().varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle SOCKET =
            function("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle CONNECT =
            function("connect", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle READ =
            function("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle WRITE =
            function("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle SHUTDOWN =
            function("shutdown", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle CLOSE = function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle STRERROR = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("strerror"), FunctionDescriptor.of(ADDRESS, JAVA_INT));

    private final int descriptor;

    private NativeLink(int descriptor) {
        this.descriptor = descriptor;
    }

    static NativeLink connect(VsockAddress address) throws IOException {
        byte[] sockaddr = ByteBuffer.allocate(16)
                .order(ByteOrder.nativeOrder())
                .putShort((short) AF_VSOCK)
                .putShort((short) 0)
                .putInt((int) address.port())
                .putInt((int) address.cid())
                .array();
        return connect(AF_VSOCK, sockaddr);
    }

    static NativeLink connect(int family, byte[] sockaddr) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(sockaddr.length, 8).copyFrom(MemorySegment.ofArray(sockaddr));
            int descriptor =
                    (int) call(state -> (int) SOCKET.invokeExact(state, family, SOCK_STREAM | SOCK_CLOEXEC, 0));
            NativeLink link = new NativeLink(descriptor);
            try {
                call(state -> (int) CONNECT.invokeExact(state, descriptor, address, sockaddr.length));
                return link;
            } catch (IOException e) {
                link.close();
                throw e;
            }
        }
    }

    @Override
    public int read(ByteBuffer buffer) throws IOException {
        MemorySegment target = MemorySegment.ofBuffer(buffer);
        int count = (int) call(state -> (long) READ.invokeExact(state, descriptor, target, target.byteSize()));
        buffer.position(buffer.position() + count);
        return count == 0 ? -1 : count;
    }

    @Override
    public void write(ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            MemorySegment source = MemorySegment.ofBuffer(buffer);
            long count = call(state -> (long) WRITE.invokeExact(state, descriptor, source, source.byteSize()));
            buffer.position(buffer.position() + (int) count);
        }
    }

    @Override
    public void shutdownOutput() throws IOException {
        call(state -> (int) SHUTDOWN.invokeExact(state, descriptor, SHUT_WR));
    }

    @Override
    public void abort() throws IOException {
        call(state -> (int) SHUTDOWN.invokeExact(state, descriptor, SHUT_RDWR));
    }

    @Override
    public void close() throws IOException {
        call(state -> (int) CLOSE.invokeExact(state, descriptor));
    }

    private interface SystemCall {
        long invoke(MemorySegment state) throws Throwable;
    }

    private static long call(SystemCall systemCall) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            while (true) {
                long result = systemCall.invoke(state);
                if (result >= 0) {
                    return result;
                }
                int errno = (int) ERRNO_FIELD.get(state, 0L);
                if (errno != EINTR) {
                    throw new IOException(message(errno));
                }
            }
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a libc function threw", e);
        }
    }

    private static String message(int errno) throws Throwable {
        MemorySegment text = (MemorySegment) STRERROR.invokeExact(errno);
        return text.reinterpret(256).getString(0);
    }

    private static MethodHandle function(String name, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor, ERRNO);
    }
}
