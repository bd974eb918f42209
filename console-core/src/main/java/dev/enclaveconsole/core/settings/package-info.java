/// Where the console keeps what it keeps, and the user's preferences.
@NullMarked
package dev.enclaveconsole.core.settings;

import org.jspecify.annotations.NullMarked;
