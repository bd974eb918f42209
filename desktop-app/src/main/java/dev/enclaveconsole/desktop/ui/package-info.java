/// Building blocks of every window: texts, actions, pages, dialogs, background work, charts.
@NullMarked
package dev.enclaveconsole.desktop.ui;

import org.jspecify.annotations.NullMarked;
