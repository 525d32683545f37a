package dev.memoir.imaging;

import dev.memoir.media.GeoPoint;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes places of numbers, and refuses those that can't be. */
final class Places {
    /** ISO 6709, annex H: {@code -15.8355-048.0153+1172.000/}, also with minutes and seconds. */
    private static final Pattern ISO_6709 = Pattern.compile(
            "([+-]\\d{2,6}(?:\\.\\d+)?)([+-]\\d{3,7}(?:\\.\\d+)?)([+-]\\d+(?:\\.\\d+)?)?.*", Pattern.DOTALL);

    private static final double LOWEST = -12_000;
    private static final double HIGHEST = 100_000;

    private Places() {}

    /** @return empty for what is no place, and for 0° 0°, where devices are that don't know where they are */
    static Optional<GeoPoint> of(double latitude, double longitude, Optional<Double> altitude) {
        boolean nowhere = latitude == 0 && longitude == 0;
        if (nowhere || !(Math.abs(latitude) <= 90) || !(Math.abs(longitude) <= 180)) {
            return Optional.empty();
        }
        return Optional.of(new GeoPoint(latitude, longitude, altitude.filter(a -> a >= LOWEST && a <= HIGHEST)));
    }

    static Optional<GeoPoint> iso6709(String text) {
        Matcher m = ISO_6709.matcher(text.strip());
        return m.matches()
                ? of(
                        degrees(m.group(1), 2),
                        degrees(m.group(2), 3),
                        Optional.ofNullable(m.group(3)).map(Double::valueOf))
                : Optional.empty();
    }

    /** Degrees, degrees and minutes, or degrees, minutes and seconds: the number of digits says which. */
    private static double degrees(String signed, int degreeDigits) {
        double sign = signed.charAt(0) == '-' ? -1 : 1;
        String number = signed.substring(1);
        int dot = number.indexOf('.');
        int whole = dot < 0 ? number.length() : dot;
        if (whole <= degreeDigits + 1) {
            return sign * Double.parseDouble(number);
        }
        double degrees = Double.parseDouble(number.substring(0, degreeDigits));
        String rest = number.substring(degreeDigits);
        if (whole <= degreeDigits + 3) {
            return sign * (degrees + Double.parseDouble(rest) / 60);
        }
        double minutes = Double.parseDouble(rest.substring(0, 2));
        return sign * (degrees + minutes / 60 + Double.parseDouble(rest.substring(2)) / 3600);
    }
}
