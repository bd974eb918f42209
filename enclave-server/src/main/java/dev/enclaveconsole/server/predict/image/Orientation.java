package dev.enclaveconsole.server.predict.image;

/// How the stored pixels become the picture as it is meant to be seen: EXIF's values 1 to 8, as a transpose
/// (rows become columns) followed by mirrorings of the seen picture.
enum Orientation {
    UPRIGHT(false, false, false),
    MIRRORED(false, true, false),
    UPSIDE_DOWN(false, true, true),
    FLIPPED(false, false, true),
    TRANSPOSED(true, false, false),
    TURNED_RIGHT(true, true, false),
    TRANSVERSED(true, true, true),
    TURNED_LEFT(true, false, true);

    private final boolean transposes;
    private final boolean mirrorsX;
    private final boolean mirrorsY;

    Orientation(boolean transposes, boolean mirrorsX, boolean mirrorsY) {
        this.transposes = transposes;
        this.mirrorsX = mirrorsX;
        this.mirrorsY = mirrorsY;
    }

    /// @param value EXIF tag 0x0112; anything outside 1…8 is upright
    static Orientation ofExif(int value) {
        return value >= 1 && value <= 8 ? values()[value - 1] : UPRIGHT;
    }

    boolean transposes() {
        return transposes;
    }

    boolean mirrorsX() {
        return mirrorsX;
    }

    boolean mirrorsY() {
        return mirrorsY;
    }
}
