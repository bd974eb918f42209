/// From encoded image to the model's input values, bounded in memory and equal to torchvision's pipeline.
@NullMarked
package dev.enclaveconsole.server.predict.image;

import org.jspecify.annotations.NullMarked;
