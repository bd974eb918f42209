package dev.enclaveconsole.sandbox.enclave;

/// How an enclave process of the sandbox is kept from the rest of the machine, strongest first.
public enum IsolationKind {
    /// Own namespaces for everything, own root folder, no network: bubblewrap.
    BUBBLEWRAP,
    /// Own user and network namespace only: util-linux `unshare`.
    UNSHARE,
    /// An ordinary process.
    PLAIN
}
