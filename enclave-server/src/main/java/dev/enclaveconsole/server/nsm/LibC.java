package dev.enclaveconsole.server.nsm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// The three C library calls that a character device takes, with `errno`.
@SuppressWarnings("restricted") // system calls are this class's purpose
final class LibC {
    private static final int O_RDWR_CLOEXEC = 2 | 0x80000;
    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout CAPTURED = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CAPTURED.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final MethodHandle OPEN = variadic("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle IOCTL =
            variadic("ioctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS));
    private static final MethodHandle CLOSE = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("close"), FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private final Arena arena;
    private final MemorySegment captured;

    LibC(Arena arena) {
        this.arena = arena;
        this.captured = arena.allocate(CAPTURED);
    }

    int open(String path) {
        try {
            return (int) OPEN.invokeExact(captured, arena.allocateFrom(path), O_RDWR_CLOEXEC);
        } catch (Throwable e) {
            throw new IllegalStateException("open could not be called", e);
        }
    }

    int ioctl(int descriptor, long request, MemorySegment argument) {
        try {
            return (int) IOCTL.invokeExact(captured, descriptor, request, argument);
        } catch (Throwable e) {
            throw new IllegalStateException("ioctl could not be called", e);
        }
    }

    void close(int descriptor) {
        try {
            int ignored = (int) CLOSE.invokeExact(descriptor);
        } catch (Throwable e) {
            throw new IllegalStateException("close could not be called", e);
        }
    }

    int errno() {
        return (int) ERRNO.get(captured, 0L);
    }

    private static MethodHandle variadic(String name, FunctionDescriptor type) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                type,
                Linker.Option.firstVariadicArg(2),
                Linker.Option.captureCallState("errno"));
    }
}
