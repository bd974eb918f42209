/// Model folders, their checks at start, and inference by DJL over ONNX Runtime.
@NullMarked
package dev.enclaveconsole.server.predict.model;

import org.jspecify.annotations.NullMarked;
