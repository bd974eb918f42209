/// Examines a parent host, says what is missing and why it matters, and puts it right with commands shown first.
@NullMarked
package dev.enclaveconsole.core.host.doctor;

import org.jspecify.annotations.NullMarked;
