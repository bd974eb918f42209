package dev.enclaveconsole.sandbox.nitrocli;

import java.nio.file.Path;
import java.util.List;

/// One call of `nitro-cli`.
///
/// @param arguments without the program's name
/// @param folder that relative paths start from
/// @param backtrace whether the caller set `BACKTRACE=1`
record Call(List<String> arguments, Path folder, boolean backtrace) {
    Call {
        arguments = List.copyOf(arguments);
    }
}
