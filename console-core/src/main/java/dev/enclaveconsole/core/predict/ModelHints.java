package dev.enclaveconsole.core.predict;

import java.util.List;

/// What a model's publisher says of it besides the ONNX file. 0 and empty mean that nothing is said.
///
/// @param width of the input, pixels; the ONNX file's own fixed shape counts more
/// @param resizeShortSide pixels before the centre crop
/// @param mean per RGB channel of values scaled to 0…1; three or none
record ModelHints(
        int width, int height, int resizeShortSide, List<Double> mean, List<Double> std, String title, String licence) {
    static final ModelHints NONE = new ModelHints(0, 0, 0, List.of(), List.of(), "", "");

    ModelHints withCard(String newTitle, String newLicence) {
        return new ModelHints(width, height, resizeShortSide, mean, std, newTitle, newLicence);
    }
}
