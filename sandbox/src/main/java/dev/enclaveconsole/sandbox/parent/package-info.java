/// The parent host that the sandbox plays: its files, packages, accounts and services.
@NullMarked
package dev.enclaveconsole.sandbox.parent;

import org.jspecify.annotations.NullMarked;
