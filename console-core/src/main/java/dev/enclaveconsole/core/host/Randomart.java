package dev.enclaveconsole.core.host;

/// OpenSSH's picture of a key's digest ("the drunken bishop"), as `ssh-keygen -lv` draws it.
final class Randomart {
    private static final String SIGNS = " .o+=*BOX@%&#/^SE";
    private static final int WIDTH = 17;
    private static final int HEIGHT = 9;

    static String draw(String title, byte[] digest) {
        int[][] field = walk(digest);
        StringBuilder picture = new StringBuilder(border("[" + title + "]")).append('\n');
        for (int y = 0; y < HEIGHT; y++) {
            picture.append('|');
            for (int x = 0; x < WIDTH; x++) {
                picture.append(SIGNS.charAt(Math.min(field[x][y], SIGNS.length() - 1)));
            }
            picture.append("|\n");
        }
        return picture.append(border("[SHA256]")).toString();
    }

    private static int[][] walk(byte[] digest) {
        int[][] field = new int[WIDTH][HEIGHT];
        int x = WIDTH / 2;
        int y = HEIGHT / 2;
        for (byte octet : digest) {
            int steps = octet & 0xff;
            for (int i = 0; i < 4; i++) {
                x = Math.clamp(x + ((steps & 1) == 0 ? -1 : 1), 0, WIDTH - 1);
                y = Math.clamp(y + ((steps & 2) == 0 ? -1 : 1), 0, HEIGHT - 1);
                if (field[x][y] < SIGNS.length() - 3) {
                    field[x][y]++;
                }
                steps >>= 2;
            }
        }
        field[WIDTH / 2][HEIGHT / 2] = SIGNS.length() - 2;
        field[x][y] = SIGNS.length() - 1;
        return field;
    }

    private static String border(String label) {
        int left = (WIDTH - label.length()) / 2;
        return "+" + "-".repeat(Math.max(0, left)) + label + "-".repeat(Math.max(0, WIDTH - label.length() - left))
                + "+";
    }

    private Randomart() {}
}
