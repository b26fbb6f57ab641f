package dev.latchkey.benchmarks.report;

import dev.latchkey.benchmarks.Measurement;
import dev.latchkey.benchmarks.Results;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The groups that matter most as bars: the median, and a line from where a tenth is below to where a tenth is above. */
public final class SvgChart {

    private static final List<String> GROUPS = List.of(
            "cold, static RS256 key",
            "cold, Secrets Manager",
            "cold, remote JWK Set",
            "warm, RS256, key seen before",
            "warm, RS256, new key");

    private static final int WIDTH = 900;
    private static final int LEFT = 370;
    private static final int RIGHT = 110;
    private static final int ROW = 20;
    private static final int TITLE = 34;

    private final StringBuilder svg = new StringBuilder();
    private int y = 10;

    private SvgChart() {}

    /** As an SVG document that is readable on light and dark ground. */
    public static String of(Results results) {
        SvgChart chart = new SvgChart();
        Map<String, List<Measurement>> groups = TextReport.byGroup(results);
        GROUPS.stream()
                .filter(groups::containsKey)
                .forEach(group -> chart.group(group, groups.getOrDefault(group, List.of())));
        return String.format(Locale.ROOT, """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" font-family="sans-serif" font-size="13" fill="#768390">
                %3$s</svg>
                """, WIDTH, chart.y + 10, chart.svg);
    }

    private void group(String name, List<Measurement> members) {
        y += TITLE;
        text(
                10,
                y - 10,
                "start",
                "font-size=\"15\" font-weight=\"bold\"",
                name + ", " + members.get(0).unit());
        double most =
                members.stream().mapToDouble(one -> one.samples().high()).max().orElse(1);
        double scale = (WIDTH - LEFT - RIGHT) / most;
        for (Measurement member : members) {
            bar(member, scale);
            y += ROW;
        }
    }

    private void bar(Measurement member, double scale) {
        double low = LEFT + member.samples().low() * scale;
        double high = LEFT + member.samples().high() * scale;
        double median = member.samples().median();
        int middle = y + ROW / 2;
        text(LEFT - 8, middle + 4, "end", "", member.label());
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
                LEFT,
                y + 3,
                median * scale,
                ROW - 6,
                member.isOurs() ? "#2da44e" : "#8c959f"));
        svg.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#d4a72c\" stroke-width=\"2\"/>%n",
                low,
                middle,
                high,
                middle));
        text((int) Math.max(high, LEFT + median * scale) + 6, middle + 4, "start", "", Figure.of(median));
    }

    private void text(int x, int baseline, String anchor, String style, String text) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" %s>%s</text>%n",
                x,
                baseline,
                anchor,
                style,
                text.replace("&", "&amp;").replace("<", "&lt;")));
    }
}
