/// Classification of images by an attested enclave: requests, history, statistics, export.
@NullMarked
package dev.enclaveconsole.core.predict;

import org.jspecify.annotations.NullMarked;
