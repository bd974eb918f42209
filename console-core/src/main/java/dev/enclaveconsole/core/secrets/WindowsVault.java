package dev.enclaveconsole.core.secrets;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The Windows Credential Manager by Windows PowerShell. The script comes as an argument; name and secret come on
/// standard input, a line each.
record WindowsVault() implements SecretStore {
    private static final String PROLOGUE = "$ErrorActionPreference='Stop';"
            + "[Console]::InputEncoding=[Text.Encoding]::UTF8;[Console]::OutputEncoding=[Text.Encoding]::UTF8;"
            + "[void][Windows.Security.Credentials.PasswordVault,Windows.Security.Credentials,"
            + "ContentType=WindowsRuntime];"
            + "$v=New-Object Windows.Security.Credentials.PasswordVault;$n=[Console]::In.ReadLine();";
    private static final String FIND = "[Console]::Out.Write($v.Retrieve('enclave-console',$n).Password)";
    private static final String KEEP = "$s=[Console]::In.ReadLine();"
            + "$v.Add((New-Object Windows.Security.Credentials.PasswordCredential('enclave-console',$n,$s)))";
    private static final String FORGET = "$v.Remove($v.Retrieve('enclave-console',$n))";

    @Override
    public boolean isAvailable() {
        return true;
    }

    @Override
    public Optional<char[]> find(String name) {
        return run(FIND, name, new char[0]).filter(secret -> secret.length > 0);
    }

    @Override
    public boolean keep(String name, char[] secret) {
        return run(KEEP, name, secret).isPresent();
    }

    @Override
    public boolean forget(String name) {
        return run(FORGET, name, new char[0]).isPresent();
    }

    private static Optional<char[]> run(String script, String name, char[] secret) {
        byte[] head = (name + "\n").getBytes(StandardCharsets.UTF_8);
        byte[] tail = KeychainCommand.utf8(secret);
        byte[] input = Arrays.copyOf(head, head.length + tail.length + 1);
        System.arraycopy(tail, 0, input, head.length, tail.length);
        input[input.length - 1] = '\n';
        Arrays.fill(tail, (byte) 0);
        return KeychainCommand.run(
                List.of("powershell.exe", "-NoProfile", "-NonInteractive", "-Command", PROLOGUE + script), input);
    }
}
