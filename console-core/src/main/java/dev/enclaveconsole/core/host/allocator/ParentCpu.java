package dev.enclaveconsole.core.host.allocator;

/// One CPU of the parent host.
///
/// @param node its NUMA node
/// @param online false for those that enclaves have or may have
public record ParentCpu(int id, int node, boolean online) {}
