package dev.enclaveconsole.sandbox.enclave;

import java.nio.file.Path;

/// Where enclaves live on disk.
///
/// @param images unpacked images
/// @param sockets stands for vsock: `<cid>_<port>.sock`, and below it a folder `e<cid>` per enclave
/// @param host files by which the parent host tells of its enclaves
/// @param marker value of the variable by which the janitor knows the processes
public record EnclaveFolders(Path images, Path sockets, HostFiles host, String marker) {}
