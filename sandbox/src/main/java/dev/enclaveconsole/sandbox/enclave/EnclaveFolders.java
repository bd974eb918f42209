package dev.enclaveconsole.sandbox.enclave;

import java.nio.file.Path;

/// Where enclaves live on disk.
///
/// @param images unpacked images
/// @param sockets stands for vsock: `<cid>_<port>.sock`, and below it a folder `e<cid>` per enclave
/// @param marker value of the variable by which the janitor knows the processes
public record EnclaveFolders(Path images, Path sockets, String marker) {}
