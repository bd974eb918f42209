package dev.enclaveconsole.core.host;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import net.schmizz.sshj.connection.channel.direct.Session;

/// Input of a [ChannelSocket]: closing it closes the socket, and an end before its time says why.
final class ChannelInput extends InputStream {
    private final ChannelSocket socket;
    private final Session.Command command;
    private final ChannelPipe pipe;

    ChannelInput(ChannelSocket socket, Session.Command command) {
        this.socket = socket;
        this.command = command;
        this.pipe = new ChannelPipe(command.getInputStream());
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        pipe.setTimeout(socket.getSoTimeout());
        try {
            int n = pipe.read(bytes, offset, length);
            return n < 0 ? endOfStream() : n;
        } catch (IOException e) {
            if (socket.isClosed()) {
                throw new SocketException("Socket closed");
            }
            throw e;
        }
    }

    @Override
    public int available() {
        return pipe.available();
    }

    @Override
    public void close() {
        socket.close();
    }

    boolean ended() {
        return !command.isOpen();
    }

    void wakeUp() {
        pipe.close();
    }

    private int endOfStream() throws IOException {
        socket.throwLastWords();
        return -1;
    }
}
