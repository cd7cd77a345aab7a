package dev.understudy.lob.report;

/**
 * An element of HTML or of SVG in HTML, always closed. What is put into it as text or as an
 * attribute's value is escaped; there is no way around that.
 */
final class Element {

    private final String name;
    private final StringBuilder attributes = new StringBuilder();
    private final StringBuilder content = new StringBuilder();

    private Element(String name) {
        this.name = name;
    }

    static Element of(String name) {
        return new Element(name);
    }

    static Element of(String name, String cssClass) {
        return new Element(name).with("class", cssClass);
    }

    Element with(String attribute, String value) {
        attributes.append(' ').append(attribute).append("=\"").append(escaped(value)).append('"');
        return this;
    }

    Element with(String attribute, int value) {
        return with(attribute, Integer.toString(value));
    }

    Element text(String text) {
        content.append(escaped(text));
        return this;
    }

    Element add(Element... children) {
        for (Element child : children) {
            content.append(child.markup());
        }
        return this;
    }

    Element add(Iterable<Element> children) {
        children.forEach(child -> content.append(child.markup()));
        return this;
    }

    String markup() {
        return "<" + name + attributes + ">" + content + "</" + name + ">";
    }

    /**
     * Safe in text and in quoted attributes. What neither HTML nor UTF-8 can carry becomes U+FFFD.
     */
    static String escaped(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(codePoint -> append(safe, codePoint));
        return safe.toString();
    }

    private static void append(StringBuilder safe, int codePoint) {
        switch (codePoint) {
            case '&' -> safe.append("&amp;");
            case '<' -> safe.append("&lt;");
            case '>' -> safe.append("&gt;");
            case '"' -> safe.append("&quot;");
            case '\'' -> safe.append("&#39;");
            case '\t', '\n', '\r' -> safe.append(' ');
            default -> safe.appendCodePoint(portable(codePoint) ? codePoint : 0xFFFD);
        }
    }

    private static boolean portable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.SURROGATE -> false;
            default -> (codePoint & 0xFFFE) != 0xFFFE;
        };
    }
}
