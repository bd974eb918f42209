/// What the enclaves' allocator was told and what it really set aside: its file, hugepages, CPU pool.
@NullMarked
package dev.enclaveconsole.core.host.allocator;

import org.jspecify.annotations.NullMarked;
