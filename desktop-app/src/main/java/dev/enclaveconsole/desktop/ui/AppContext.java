package dev.enclaveconsole.desktop.ui;

import dev.enclaveconsole.core.Console;

/// What every view model works with; one for each window.
public record AppContext(Console core, Workspace workspace, Background background) {}
